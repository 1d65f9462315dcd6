#!/usr/bin/env bash
# Lints what Argo CD would apply if a commit were merged: argocd.sh APPLICATION COMMIT
# Argo CD's server renders it as it does for a sync, with the sources, values and plugins of the Application; the command line cannot do
# that alone (https://github.com/argoproj/argo-cd/issues/28942). ARGOCD_SERVER and ARGOCD_AUTH_TOKEN say where and as whom: a role of the
# project with `get` on its applications is enough.
set -euo pipefail
argocd app manifests "$1" --revision "$2" | k2l lint --fail-on warning
