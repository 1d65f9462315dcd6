# manifests/jobs.yaml CronJob/default/reindex
resource "aws_ecs_cluster" "default" {
  name = "k2l-default"
}
