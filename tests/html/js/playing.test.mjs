import assert from "node:assert/strict";
import { test } from "node:test";
import { PlaybackClock, chooseNextSpeed } from "../../../packages/neurospatial-html/src/neurospatial/html/player/clock.js";
import { ChunkCache } from "../../../packages/neurospatial-html/src/neurospatial/html/player/cache.js";
import { ArraySource, TextSource, areLoaded, intersectRows, loadAll } from "../../../packages/neurospatial-html/src/neurospatial/html/player/sources.js";

test("thirty frames a second are 300 in ten seconds, however irregular the screen", () => {
  const clock = new PlaybackClock(10_000, 30);
  clock.start(0, 500);
  for (let now = 500; now < 10_500; now += 7 + (now % 90)) clock.findDueFrame(now);
  assert.equal(clock.findDueFrame(10_500).frame, 300);
});

test("every frame is due for its own time", () => {
  const clock = new PlaybackClock(1000, 30);
  clock.start(0, 0);
  for (let frame = 0; frame < 1000; frame++) {
    assert.equal(clock.findDueFrame((1000 * frame) / 30).frame, frame);
    assert.equal(clock.findDueFrame((1000 * (frame + 0.99)) / 30).frame, frame);
  }
});

test("the last frame ends playing, or begins it again", () => {
  const clock = new PlaybackClock(10, 10);
  clock.start(8, 0);
  assert.deepEqual(clock.findDueFrame(199), { frame: 9, ended: false });
  assert.deepEqual(clock.findDueFrame(200), { frame: 9, ended: true });
  clock.loop = true;
  assert.deepEqual(clock.findDueFrame(200), { frame: 0, ended: false });
  assert.deepEqual(clock.findDueFrame(3250), { frame: 0, ended: false });
});

test("a change of speed is no jump", () => {
  const clock = new PlaybackClock(1000, 10);
  clock.start(0, 0);
  clock.setSpeed(4, 1000);
  assert.equal(clock.findDueFrame(1000).frame, 10);
  assert.equal(clock.findDueFrame(2000).frame, 50);
  clock.setSpeed(0.25, 2000);
  assert.equal(clock.findDueFrame(6000).frame, 60);
});

test("speeds go up and down in steps, and end", () => {
  assert.equal(chooseNextSpeed(1, 1), 2);
  assert.equal(chooseNextSpeed(1, -1), 0.5);
  assert.equal(chooseNextSpeed(4, 1), 4);
  assert.equal(chooseNextSpeed(0.25, -1), 0.25);
  assert.equal(chooseNextSpeed(3, -1), 2);
});

const cacheOf = (maxBytes, asked = []) => {
  const fetchChunk = async (name) => {
    asked.push(name);
    return new Uint8Array([3, ...Array(100).fill(Number(name.split("/")[1]))]);
  };
  return new ChunkCache(fetchChunk, maxBytes);
};
const spec = { name: "a0", dtype: "uint8", shape: [95, 10], rows: 10 };

test("what was used least recently is forgotten first", async () => {
  const cache = cacheOf(300);
  const source = new ArraySource({ ...spec, shape: [100, 10] }, cache);
  for (const row of [0, 10, 20]) await loadAll([[source, row, row]]);
  source.getRow(5);
  await loadAll([[source, 30, 30]]);
  assert.equal(cache.bytes, 300);
  assert.deepEqual([0, 1, 2, 3].map((k) => cache.has(`a0/${k}`)), [true, false, true, true]);
});

test("what is held stays, though there is no room for it", async () => {
  const cache = cacheOf(150);
  const source = new ArraySource({ ...spec, shape: [100, 10] }, cache);
  cache.hold(["a0/0", "a0/1", "a0/2"]);
  await loadAll([[source, 0, 29]]);
  assert.ok(areLoaded([[source, 0, 29]]));
});

test("a chunk that is asked for twice is fetched once", async () => {
  const asked = [];
  const source = new ArraySource({ ...spec, shape: [100, 10] }, cacheOf(1e6, asked));
  await Promise.all([loadAll([[source, 0, 5]]), loadAll([[source, 3, 12]])]);
  assert.deepEqual(asked, ["a0/0", "a0/1"]);
});

test("a chunk that failed may be fetched again, and is named", async () => {
  let broken = true;
  const fetchChunk = async () => {
    if (broken) throw new Error("gone");
    return new Uint8Array([3, 1, 2]);
  };
  const source = new ArraySource({ ...spec, shape: [2], rows: 2 }, new ChunkCache(fetchChunk, 99));
  await assert.rejects(loadAll([[source, 0, 0]]), /gone.*a0\/0/);
  broken = false;
  await loadAll([[source, 0, 0]]);
  assert.deepEqual([...(await source.loadWhole())], [1, 2]);
});

test("one row stands for all frames", () => {
  const source = new TextSource({ name: "t0", n: 1, rows: 4096 }, cacheOf(1));
  assert.equal(source.findRow(77), 0);
});

test("rows that two sources have", () => {
  assert.deepEqual(intersectRows([[0, 10], [20, 30]], [[5, 25]]), [[5, 10], [20, 25]]);
  assert.deepEqual(intersectRows([[0, 10]], [[10, 20]]), []);
});
