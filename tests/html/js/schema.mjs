// Checks a value by a JSON schema: of the standard, what the schema of bundles makes use of.

const KINDS = {
  object: (value) => value !== null && typeof value === "object" && !Array.isArray(value),
  array: Array.isArray,
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  number: (value) => typeof value === "number" && Number.isFinite(value),
  integer: Number.isInteger,
  null: (value) => value === null,
};
const KNOWN = new Set([
  "$schema", "$defs", "$ref", "title", "description", "type", "const", "enum", "oneOf", "required",
  "properties", "additionalProperties", "items", "minItems", "maxItems", "minimum", "maximum",
  "exclusiveMinimum",
]);

/** Where a value departs from a schema, one line each. */
export function* departures(schema, value, root = schema, place = "") {
  const unknown = Object.keys(schema).filter((word) => !KNOWN.has(word));
  if (unknown.length) throw new Error(`This check does not know ${unknown}.`);
  const wrong = (text) => `${place || "the header"}: ${text}`;
  if (schema.$ref) {
    const steps = schema.$ref.split("/").slice(1);
    yield* departures(steps.reduce((at, key) => at[key], root), value, root, place);
  }
  if (schema.type && ![schema.type].flat().some((kind) => KINDS[kind](value))) {
    yield wrong(`is no ${schema.type}`);
    return;
  }
  for (const text of simple(schema, value)) yield wrong(text);
  if (schema.oneOf) {
    const fits = schema.oneOf.filter((one) => departures(one, value, root, place).next().done);
    if (fits.length !== 1) yield wrong(`fits ${fits.length} of the kinds there are`);
  }
  if (Array.isArray(value)) yield* ofItems(schema, value, root, place, wrong);
  else if (KINDS.object(value)) yield* ofEntries(schema, value, root, place, wrong);
}

function* simple(schema, value) {
  if ("const" in schema && value !== schema.const) yield `is not ${schema.const}`;
  if (schema.enum && !schema.enum.includes(value)) yield `is none of ${schema.enum}`;
  if (value < schema.minimum || value > schema.maximum || value <= schema.exclusiveMinimum) {
    yield `${value} is out of range`;
  }
}

function* ofItems(schema, value, root, place, wrong) {
  if (value.length < schema.minItems || value.length > schema.maxItems) {
    yield wrong(`has ${value.length} items`);
  }
  if (!schema.items) return;
  for (const [i, item] of value.entries()) {
    yield* departures(schema.items, item, root, `${place}/${i}`);
  }
}

function* ofEntries(schema, value, root, place, wrong) {
  for (const key of schema.required ?? []) {
    if (!(key in value)) yield wrong(`lacks ${key}`);
  }
  for (const [key, item] of Object.entries(value)) {
    const one = schema.properties?.[key];
    if (one) yield* departures(one, item, root, `${place}/${key}`);
    else if (schema.additionalProperties === false) yield wrong(`has ${key}`);
  }
}
