package main

import (
	"errors"
	"strings"
	"time"
)

// Credentials of the function's role.
type Credentials struct {
	AccessKey, SecretKey, SessionToken string
}

// Settings is what Lambda and the user say about AWS, in the variables that AWS's own SDKs read.
// https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
type Settings struct {
	Region      string
	Credentials Credentials
	variable    func(string) string
	task        *taskCredentials
}

// awsSettings takes the environment that Lambda gave: what the contract adds to it is for the workload.
func awsSettings(variable func(string) string) Settings {
	region := variable("AWS_REGION")
	if region == "" {
		region = variable("AWS_DEFAULT_REGION")
	}
	return Settings{
		Region:      region,
		Credentials: Credentials{variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"), variable("AWS_SESSION_TOKEN")},
		variable:    variable,
		task:        newTaskCredentials(variable),
	}
}

// check says what a signature would lack.
func (s Settings) check() error {
	if s.Region == "" {
		return errors.New("AWS_REGION is not set")
	}
	if s.task == nil && (s.Credentials.AccessKey == "" || s.Credentials.SecretKey == "") {
		return errors.New("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set")
	}
	return nil
}

// now is the same with the credentials that hold at the moment.
func (s Settings) now() (Settings, error) {
	if s.task == nil {
		return s, nil
	}
	current, err := s.task.current(time.Now())
	s.Credentials = current
	return s, err
}

// The services' names in AWS_ENDPOINT_URL_<SERVICE>.
var endpointVariables = map[string]string{parameters: "AWS_ENDPOINT_URL_SSM", secrets: "AWS_ENDPOINT_URL_SECRETS_MANAGER"}

// endpoint is the URL of a service: the configured one, or the Region's.
func (s Settings) endpoint(service string) string {
	if !s.isTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") {
		for _, name := range []string{endpointVariables[service], "AWS_ENDPOINT_URL"} {
			if given := s.variable(name); given != "" {
				return strings.TrimSuffix(given, "/") + "/"
			}
		}
	}
	return "https://" + hostOf(service, s.Region, s.isTrue("AWS_USE_FIPS_ENDPOINT")) + "/"
}

func (s Settings) isTrue(name string) bool {
	return strings.EqualFold(s.variable(name), "true")
}
