import assert from "node:assert/strict";
import { test } from "node:test";
import { KernelChunks } from "./widget.mjs";

/** A model whose kernel answers when it is told to. */
function kernel() {
  const model = {
    asked: [],
    on: (name, act) => (model.heard = act),
    off: () => (model.heard = () => {}),
    send: ({ chunk }) => model.asked.push(chunk),
    answer: (chunk) => model.heard({ chunk }, [new DataView(Uint8Array.of(1, 2, 3).buffer, 1)]),
  };
  return model;
}

const always = () => true;

test("few are asked for at once, in the order wanted", async () => {
  const model = kernel();
  const chunks = new KernelChunks(model, () => {});
  const names = ["a", "b", "c", "d", "e", "f"];
  const got = names.map((name) => chunks.fetch(name, always));
  assert.deepEqual(model.asked, ["a", "b", "c", "d"]);
  model.answer("b");
  assert.deepEqual(model.asked.slice(4), ["e"]);
  assert.deepEqual(await got[1], Uint8Array.of(2, 3));
});

test("what is not wanted any more is never asked for, and does not block", async () => {
  const model = kernel();
  const chunks = new KernelChunks(model, () => {});
  for (const name of ["a", "b", "c", "d"]) chunks.fetch(name, always);
  let wanted = true;
  const old = [1, 2, 3].map((k) => chunks.fetch(`old/${k}`, () => wanted));
  chunks.fetch("new", always);
  wanted = false;
  model.answer("a");
  assert.deepEqual(await Promise.all(old), [null, null, null]);
  assert.deepEqual(model.asked.slice(4), ["new"]);
});

test("an answer to another view serves this one too, one to nobody is let pass", async () => {
  const model = kernel();
  let answers = 0;
  const chunks = new KernelChunks(model, () => answers++);
  const got = chunks.fetch("a", always);
  model.answer("z");
  model.answer("a");
  assert.equal((await got).length, 2);
  assert.equal(answers, 2);
});

test("a problem is said in its words, and the next is asked for", async () => {
  const model = kernel();
  const chunks = new KernelChunks(model, () => {});
  const got = ["a", "b", "c", "d", "e"].map((name) => chunks.fetch(name, always));
  model.heard({ chunk: "a", problem: "OSError: no disk" }, []);
  await assert.rejects(got[0], { message: "OSError: no disk" });
  assert.equal(model.asked.at(-1), "e");
});

test("silence is counted from what was asked, or heard, last", (context) => {
  const model = kernel();
  const chunks = new KernelChunks(model, () => {});
  assert.equal(chunks.measureSilence(1e9), 0);
  let now = 1000;
  context.mock.method(performance, "now", () => now);
  chunks.fetch("a", always);
  now = 2000;
  chunks.fetch("b", always);
  now = 6000;
  assert.equal(chunks.measureSilence(), 5000);
  model.answer("a");
  assert.equal(chunks.measureSilence(8000), 2000);
  model.answer("b");
  assert.equal(chunks.measureSilence(1e9), 0);
});

test("after the end nothing is heard", () => {
  const model = kernel();
  const chunks = new KernelChunks(model, () => assert.fail());
  chunks.fetch("a", always);
  chunks.stop();
  model.answer("a");
});
