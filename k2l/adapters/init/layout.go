package main

// Where the build puts what the init reads; k2l/adapters/README.md says the same to whoever writes the build.
const (
	contractFile    = "/opt/k2l/init.json"
	authoritiesFile = "/opt/k2l/ca-certificates.crt"
	keptFiles       = "/opt/k2l/files"
)

// Below ownFolder lies what the init itself makes under /tmp; eventFile holds the event of a job while its command runs.
const (
	ownFolder = "/tmp/k2l"
	eventFile = ownFolder + "/event.json"
)

// scratchFolders are emptied behind every run of a job.
var scratchFolders = []string{"/tmp", "/dev/shm"}
