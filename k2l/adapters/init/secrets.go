package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
)

// readSecret asks Secrets Manager for the members of a secret; nil when there is no such secret, or none with a value.
// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
func readSecret(ctx context.Context, client *Client, name string) (Members, error) {
	in := map[string]string{"SecretId": name}
	var out struct{ SecretString *string }
	err := client.call(ctx, secrets, "secretsmanager.GetSecretValue", in, &out)
	var failure *Failure
	if errors.As(err, &failure) && failure.Type == "ResourceNotFoundException" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if out.SecretString == nil {
		return nil, errors.New("its value is binary: it has to be a JSON object in SecretString")
	}
	return secretMembers(*out.SecretString)
}

// secretMembers reads a JSON object whose members are strings, or {"base64": "..."}. Errors name a member and no value, which is why those
// of the decoder, which may quote one, are not passed on.
func secretMembers(text string) (Members, error) {
	var given map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &given) != nil || given == nil {
		return nil, errors.New("its value is no JSON object")
	}
	members := make(Members, len(given))
	for name, raw := range given {
		value, ok := memberValue(raw)
		if !ok {
			return nil, fmt.Errorf("its member %q is neither a string nor an object with base64", name)
		}
		members[name] = value
	}
	return members, nil
}

func memberValue(raw json.RawMessage) (string, bool) {
	var text *string
	if json.Unmarshal(raw, &text) == nil {
		if text == nil {
			return "", false
		}
		return *text, true
	}
	var binary struct {
		Base64 *string `json:"base64"`
	}
	if decodeStrictly(raw, &binary) != nil || binary.Base64 == nil {
		return "", false
	}
	data, err := base64.StdEncoding.DecodeString(*binary.Base64)
	return string(data), err == nil
}
