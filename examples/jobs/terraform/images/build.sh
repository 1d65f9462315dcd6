#!/bin/sh
# Builds the functions' images that the registry does not have yet, pushes them, and writes all digests to ../images.auto.tfvars.json.
# It needs docker with buildx and the AWS CLI, with credentials and a Region (AWS_REGION); the repositories have to be there.
# Run it again at any time: a tag says what k2l puts into its image, and one that is there is left alone.
set -eu
cd "$(dirname "$0")"

# function, repository, tag, platform, source image (- for none), whether the image has to be asked how it starts
images() {
  cat <<'END'
heartbeat-cron heartbeat-cron 8.10.1-cdda091b linux/amd64 docker.io/curlimages/curl:8.10.1 ask
invoices-cron invoices-cron sha256-9b2a1d6c2b9a-7ff8d741 linux/amd64 registry.example.com/billing/invoices@sha256:9b2a1d6c2b9a9d1f7b6f2f8b4a4f0c5d3e1e7a6b5c4d3e2f1a0b9c8d7e6f5a4b ask
leap-day-cron leap-day-cron 1.37-15294e3a linux/amd64 docker.io/library/busybox:1.37 -
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

# A function for which there is no digest here takes the tag.
{
  echo '{"image_digests": {'
  separator=
  while read -r function repository tag _; do
    pushed=$(digest "$repository" "$tag")
    [ "$pushed" != None ] || continue
    printf '%s  "%s": "%s"' "$separator" "$function" "$pushed"
    separator=',
'
  done <"$list"
  printf '\n}}\n'
} >../images.auto.tfvars.json.new
mv ../images.auto.tfvars.json.new ../images.auto.tfvars.json
exit "$failed"
