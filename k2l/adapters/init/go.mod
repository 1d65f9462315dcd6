module github.com/kube2lambda/k2l/init

go 1.19
