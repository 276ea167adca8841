# What scripts/start and scripts/test share: sourced by them, from the project's root.

say() { printf '%s\n' "$*" >&2; }
stop_with() { say "$*"; exit 1; }

# Node is new enough, or a sentence says what to do.
need_node() {
  command -v node >/dev/null 2>&1 || stop_with 'Node.js 20.19 or newer is needed and none is on PATH: install it from https://nodejs.org and start again.'
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    stop_with "Node.js 20.19 or newer is needed, and this is $(node --version): install a newer one from https://nodejs.org and start again."
  command -v npm >/dev/null 2>&1 || stop_with 'npm is needed beside Node.js and is not on PATH: install it and start again.'
}

# Installs packages when the lock file is another than the one they were installed from.
install_packages() {
  local stamp=node_modules/.installed-from wanted
  wanted="$(node scripts/fingerprint.mjs package.json package-lock.json) $(node --version)"
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
  say 'Installing packages (once)…'
  npm ci --include=dev --no-audit --no-fund --loglevel=error >&2 ||
    stop_with 'The packages could not be installed: check the network (npm says above what is wrong) and start again.'
  printf '%s' "$wanted" >"$stamp"
}

# Builds when the sources are others than those of the last build.
build_sources() {
  local stamp=dist/.built-from wanted
  wanted="$(node scripts/fingerprint.mjs src tsconfig.json tsconfig.build.json package-lock.json)"
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
  say 'Building…'
  npm run --silent build >&2 || stop_with 'The build failed; the compiler says above where.'
  printf '%s' "$wanted" >"$stamp"
}
