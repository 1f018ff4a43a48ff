import assert from "node:assert/strict";
import { test } from "node:test";

import { placeWords } from "../../static/js/me/cloud.js";

test("the words of a cloud stay in its frame and apart", () => {
  const words = Array.from({ length: 80 }, (_, n) => ({
    word: `word ${n}`,
    weight: 80 / (n + 1),
  }));
  const frame = { width: 600, height: 300 };
  const cloud = placeWords(
    words,
    frame,
    (word, size) => word.length * size * 0.5,
  );
  assert.ok(cloud.length > 30);
  assert.equal(cloud[0].word, "word 0");
  for (const [n, one] of cloud.entries()) {
    assert.ok(
      one.x - one.width / 2 >= 0 && one.x + one.width / 2 <= frame.width,
    );
    for (const other of cloud.slice(0, n))
      assert.ok(
        Math.abs(one.x - other.x) >= (one.width + other.width) / 2 ||
          Math.abs(one.y - other.y) >= (one.size + other.size) / 2,
      );
  }
});
