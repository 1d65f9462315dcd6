package main

import "strings"

// A partition's Regions share the beginning of their names, and their services the end of theirs.
// https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json; testdata/hosts.json is made from it.
var partitions = []struct{ regions, suffix string }{
	{"cn-", "amazonaws.com.cn"},
	{"us-iso-", "c2s.ic.gov"},
	{"us-isob-", "sc2s.sgov.gov"},
	{"us-isof-", "csp.hci.ic.gov"},
	{"eu-isoe-", "cloud.adc-e.uk"},
	{"eusc-", "amazonaws.eu"},
}

// hostOf is the name of a service's endpoint in a Region.
func hostOf(service, region string, fips bool) string {
	suffix := "amazonaws.com"
	for _, p := range partitions {
		if strings.HasPrefix(region, p.regions) {
			suffix = p.suffix
		}
	}
	// In GovCloud the ordinary endpoint of Systems Manager is the one with FIPS.
	if fips && !(service == parameters && strings.HasPrefix(region, "us-gov-")) {
		service += "-fips"
	}
	return service + "." + region + "." + suffix
}
