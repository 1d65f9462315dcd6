# Builds the images of the functions, for docker buildx bake. build.sh calls it with what has to be built.

# An image with an attestation is an index of two manifests, and Lambda takes a single image only: so there is none.

variable "REGISTRY" {
  description = "The account's private registry: ACCOUNT.dkr.ecr.REGION.amazonaws.com"
}

target "webapp-frontend" {
  context    = "."
  dockerfile = "webapp-frontend/Dockerfile"
  platforms  = ["linux/amd64"]
  tags       = ["${REGISTRY}/webapp-frontend:6.14.1-665179e4"]
  attest     = ["type=provenance,disabled=true", "type=sbom,disabled=true"]
}
