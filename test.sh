#!/usr/bin/env bash
# Installs what the tests need, builds everything, runs every test (.NET, web, browser) and prints one line of totals.
#   ./test.sh               all of it
#   ./test.sh Unit Engine   only these test projects (no web tests, no format check)
set -euo pipefail
cd "$(dirname "$0")"

results=artifacts/test-results
rm -rf "$results" && mkdir -p "$results"

need() { # need <command> <Debian package ...>
    command -v "$1" >/dev/null && return
    echo "installing $2"
    local sudo=""; [ "$(id -u)" = 0 ] || sudo="sudo"
    $sudo apt-get update -qq >"$results/apt.log" 2>&1
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${@:2}" >>"$results/apt.log" 2>&1 \
        || { cat "$results/apt.log"; exit 1; }
}
need chromium chromium fonts-dejavu-core
need haproxy haproxy
need xvfb-run xvfb xauth
need curl curl
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need initdb postgresql

failed_steps=0
step() { # step <title> <command ...>: a step that fails is named, the others still run
    echo "== $1"
    if ! "${@:2}"; then failed_steps=$((failed_steps + 1)); echo "FAILED: $1"; fi
}

export CI="${CI:-}" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
echo "== build"
dotnet build Actors.sln -v q -clp:NoSummary

projects=("${@:-Unit Engine Grains Api Browser}")
for name in ${projects[*]}; do
    step "$name tests" dotnet test "tests/$name.Tests" --no-build \
        --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$results" --blame-hang-timeout 10m -v q
done
if [ $# = 0 ]; then
    step "web tests" npm --prefix web test --silent -- --reporter=default --reporter=json --outputFile="../$results/web.json"
    step "web lint" npm --prefix web run lint --silent
    step "format" dotnet format whitespace Actors.sln --no-restore --verify-no-changes
fi

# Totals come from the result files: a project whose file is missing or empty counts as a failure.
node - "$results" "$failed_steps" "${projects[*]}" "$#" <<'JS'
const fs = require('node:fs');
const [dir, failedSteps, projects, only] = process.argv.slice(2);
let passed = 0, failed = 0;
for (const name of projects.split(' ')) {
  const file = `${dir}/${name}.trx`;
  const counters = fs.existsSync(file) && /<Counters [^>]*>/.exec(fs.readFileSync(file, 'utf8'));
  const count = (key) => Number(new RegExp(` ${key}="(\\d+)"`).exec(counters[0])[1]);
  if (!counters || count('executed') === 0) { console.log(`${name}: no test ran`); failed++; continue; }
  passed += count('passed');
  failed += count('total') - count('passed');
}
if (only === '0') {
  const file = `${dir}/web.json`;
  const web = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : { numPassedTests: 0, numTotalTests: 0 };
  if (web.numTotalTests === 0) { console.log('web: no test ran'); failed++; }
  passed += web.numPassedTests;
  failed += web.numTotalTests - web.numPassedTests;
}
if (failed === 0 && Number(failedSteps) > 0) failed = Number(failedSteps);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
JS
