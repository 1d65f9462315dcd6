resource "aws_security_group" "k2l_tasks" {
  # checkov:skip=CKV2_AWS_5:the network settings of the service or of the schedule attach it to tasks
  name        = "k2l-tasks"
  description = "Every task that k2l made of a workload, and nothing else"
  vpc_id      = var.vpc_id
}

# trivy:ignore:AWS-0104 no NetworkPolicy says where these pods may connect to, so that the tasks may connect anywhere too
resource "aws_vpc_security_group_egress_rule" "k2l_tasks_0_0_0_0_0_7d300cc4" {
  security_group_id = aws_security_group.k2l_tasks.id
  description       = "Images, logs, and what the applications call"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

# trivy:ignore:AWS-0104 no NetworkPolicy says where these pods may connect to, so that the tasks may connect anywhere too
resource "aws_vpc_security_group_egress_rule" "k2l_tasks_0_11195068" {
  security_group_id = aws_security_group.k2l_tasks.id
  description       = "Images, logs, and what the applications call"
  ip_protocol       = "-1"
  cidr_ipv6         = "::/0"
}
