package main

import (
	"context"
	"errors"
	"strings"
)

// GetParameters takes no more names at once.
const parametersMax = 10

// A path with more pages than this answers in circles: an account has at most 100,000 advanced parameters.
const pagesMax = 10_000

type parameter struct{ Name, Type, Value string }

func (p parameter) found(members Members) found {
	return found{members: members, secret: p.Type == "SecureString"}
}

// readParameters asks for up to parametersMax parameters. One that does not exist is missing from the answer.
// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
func readParameters(ctx context.Context, client *Client, names []string) (map[string]parameter, error) {
	in := map[string]interface{}{"Names": names, "WithDecryption": true}
	var out struct{ Parameters []parameter }
	if err := client.call(ctx, parameters, "AmazonSSM.GetParameters", in, &out); err != nil {
		return nil, err
	}
	answer := make(map[string]parameter, len(out.Parameters))
	for _, p := range out.Parameters {
		answer[p.Name] = p
	}
	return answer, nil
}

// readPath asks for every parameter directly below a path, under the last part of its name, page by page; nil when there is none.
// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
func readPath(ctx context.Context, client *Client, path string) found {
	in := map[string]interface{}{"Path": path, "Recursive": false, "WithDecryption": true, "MaxResults": parametersMax}
	if path != "/" {
		in["Path"] = strings.TrimSuffix(path, "/")
	}
	var answer found
	for page := 0; page < pagesMax; page++ {
		var out struct {
			Parameters []parameter
			NextToken  string
		}
		if err := client.call(ctx, parameters, "AmazonSSM.GetParametersByPath", in, &out); err != nil {
			return found{err: err}
		}
		for _, p := range out.Parameters {
			if answer.members == nil {
				answer.members = Members{}
			}
			answer.members[p.Name[strings.LastIndexByte(p.Name, '/')+1:]] = p.Value
			answer.secret = answer.secret || p.Type == "SecureString"
		}
		if out.NextToken == "" {
			return answer
		}
		in["NextToken"] = out.NextToken
	}
	return found{err: errors.New("the list of parameters below it does not end")}
}
