#!/usr/bin/env bash
# Lints what Helm renders: helm.sh RELEASE CHART [OPTION OF helm template]...
# Without pipefail a renderer that fails half way would pass for one that rendered everything.
set -euo pipefail
helm template "$@" | k2l lint --fail-on warning
