// Fails where the package is larger than users should have to download.

import { statSync } from "node:fs";

const MOST = 300_000;
const file = process.argv[2];
const { size } = statSync(file);
console.log(`${file}: ${size} bytes of at most ${MOST}`);
process.exitCode = size > MOST ? 1 : 0;
