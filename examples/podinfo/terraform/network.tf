resource "aws_security_group" "k2l_tasks" {
  # checkov:skip=CKV2_AWS_5:the network settings of a service, a schedule or a capacity provider attach it
  name        = "k2l-tasks"
  description = "Every task that k2l made of a workload, and nothing else"
  vpc_id      = var.vpc_id
}

# trivy:ignore:AWS-0104 what these pods became may connect anywhere, as pods may that no NetworkPolicy holds back
resource "aws_vpc_security_group_egress_rule" "k2l_tasks_0_0_0_0_0_7d300cc4" {
  security_group_id = aws_security_group.k2l_tasks.id
  description       = "Images, logs, and what the applications call"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

# trivy:ignore:AWS-0104 what these pods became may connect anywhere, as pods may that no NetworkPolicy holds back
resource "aws_vpc_security_group_egress_rule" "k2l_tasks_0_11195068" {
  security_group_id = aws_security_group.k2l_tasks.id
  description       = "Images, logs, and what the applications call"
  ip_protocol       = "-1"
  cidr_ipv6         = "::/0"
}
