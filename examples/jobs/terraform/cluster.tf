# manifests/jobs.yaml CronJob/default/reindex
# trivy:ignore:AWS-0034 Container Insights costs by the metric, and no manifest asks for it
resource "aws_ecs_cluster" "default" {
  # checkov:skip=CKV_AWS_65:Container Insights costs by the metric, and no manifest asks for it
  name = "k2l-default"
}
