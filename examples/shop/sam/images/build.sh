#!/bin/sh
# Builds the functions' images that the registry does not have yet, and pushes them.
# It needs docker with buildx and the AWS CLI, with credentials and a Region (AWS_REGION); the repositories have to be there.
# Run it again at any time: a tag says what k2l puts into its image, and one that is there is left alone.
set -eu
cd "$(dirname "$0")"

# function, repository, tag, platform, source image (- for none), whether the image has to be asked how it starts
images() {
  cat <<'END'
shop-catalog shop-catalog 1.9.0-57d34295 linux/arm64 ghcr.io/example/shop-catalog:1.9.0 ask
shop-web shop-web 2.4.1-1834fa98 linux/amd64 ghcr.io/example/shop-web:2.4.1 ask
END
}

# digest REPOSITORY TAG: None when there is no such image
digest() {
  aws ecr batch-get-image --repository-name "$1" --image-ids "imageTag=$2" --query 'images[0].imageId.imageDigest' --output text </dev/null
}

# config IMAGE PLATFORM FIELD: what the image says of its start, as JSON
config() {
  for platform_key in "$2" "$2/v8"; do
    docker buildx imagetools inspect "$1" --format "{{json (index .Image \"$platform_key\").Config.$3}}" </dev/null 2>/dev/null && return
  done
  docker buildx imagetools inspect "$1" --format "{{json .Image.Config.$3}}" </dev/null
}

list=$(mktemp)
trap 'rm -f "$list"' EXIT
images >"$list"

# Docker's own builder may lack what COPY --link needs: https://github.com/moby/moby/issues/45111
if [ -z "${BUILDX_BUILDER:-}" ]; then
  docker buildx inspect k2l >/dev/null 2>&1 || docker buildx create --name k2l --driver docker-container >/dev/null
  export BUILDX_BUILDER=k2l
fi

read -r _ repository _ <"$list"
uri=$(aws ecr describe-repositories --repository-names "$repository" --query 'repositories[0].repositoryUri' --output text)
export REGISTRY="${uri%%/*}"
aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"

failed=0
set --
while read -r function repository tag platform image asks; do
  pushed=$(digest "$repository" "$tag")
  [ "$pushed" = None ] || continue
  if [ "$image" = - ]; then
    echo "$function: its manifest names no image that can be pulled; set image in k2l.yaml and run k2l again" >&2
    failed=1
    continue
  fi
  set -- "$@" "$function"
  if [ "$asks" = ask ]; then
    entrypoint=$(config "$image" "$platform" Entrypoint)
    cmd=$(config "$image" "$platform" Cmd)
    workdir=$(config "$image" "$platform" WorkingDir)
    set -- "$@" --set "$function.args.ENTRYPOINT=$entrypoint" --set "$function.args.CMD=$cmd" --set "$function.args.WORKDIR=$workdir"
  fi
done <"$list"

[ $# -eq 0 ] || docker buildx bake --file docker-bake.hcl --push "$@"
exit "$failed"
