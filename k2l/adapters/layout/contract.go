package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// contract is init.json: the fields that decide the layout, and all of them as they are in whole.
type contract struct {
	Function string `json:"function"`
	Files    []file `json:"files"`
	Writable []link `json:"writable"`
	Links    []link `json:"links"`
	whole    members
}

type members map[string]json.RawMessage

// file is baked in when it has a source, and a link to target when the init writes it.
type file struct {
	Path   string `json:"path"`
	Mode   string `json:"mode"`
	Source string `json:"source"`
	Target string `json:"target"`
}

type link struct {
	Path   string `json:"path"`
	Target string `json:"target"`
}

// image is what the image says about its start, as JSON; empty where nobody asked it.
type image struct{ entrypoint, cmd, workdir string }

func read(function string) (contract, error) {
	var found contract
	text, err := os.ReadFile(filepath.Join(function, "init.json"))
	if err != nil {
		return found, err
	}
	if err := json.Unmarshal(text, &found); err != nil {
		return found, fmt.Errorf("init.json: %w", err)
	}
	return found, json.Unmarshal(text, &found.whole)
}

// linked are the paths that lead elsewhere, each once; the last one counts.
func (c contract) linked() map[string]string {
	found := map[string]string{}
	for _, each := range append(append([]link{}, c.Writable...), c.Links...) {
		if each.Path != each.Target {
			found[each.Path] = each.Target
		}
	}
	for _, each := range c.Files {
		if each.Target != "" && each.Path != each.Target {
			found[each.Path] = each.Target
		}
	}
	return found
}

// fill puts what the image says where the manifest says nothing. With links the image's working directory may be one, which leads to
// nothing before the init runs: then the init goes there, and not Lambda.
func (c *contract) fill(from image, links bool) error {
	if c.absent("command") {
		entrypoint, err := texts("ENTRYPOINT", from.entrypoint)
		if err != nil {
			return err
		}
		c.whole["command"] = entrypoint
		if c.absent("args") {
			args, err := texts("CMD", from.cmd)
			if err != nil {
				return err
			}
			c.whole["args"] = args
		}
		if c.empty("command") && c.empty("args") {
			return errors.New("neither the manifest nor the image says what to start: its ENTRYPOINT and CMD are empty")
		}
	}
	if links && c.absent("workingDir") {
		return c.fillDirectory(from.workdir)
	}
	return nil
}

func (c *contract) fillDirectory(given string) error {
	var directory string
	if given == "" {
		return unknown("WORKDIR")
	}
	if err := json.Unmarshal([]byte(given), &directory); err != nil {
		return fmt.Errorf("WORKDIR is no JSON string: %w", err)
	}
	if directory == "" {
		directory = "/"
	}
	text, err := json.Marshal(directory)
	c.whole["workingDir"] = text
	return err
}

func (c contract) absent(name string) bool { return string(c.whole[name]) == "null" }

func (c contract) empty(name string) bool {
	var items []json.RawMessage
	return json.Unmarshal(c.whole[name], &items) == nil && len(items) == 0
}

// texts is a list of strings in JSON, which an image may give as null.
func texts(name, given string) (json.RawMessage, error) {
	if given == "" {
		return nil, unknown(name)
	}
	items := []string{}
	if err := json.Unmarshal([]byte(given), &items); err != nil {
		return nil, fmt.Errorf("%s is no JSON list of strings: %w", name, err)
	}
	if items == nil {
		items = []string{}
	}
	return json.Marshal(items)
}

func unknown(name string) error {
	return fmt.Errorf("the manifest leaves it to the image, so --build-arg %s has to be that of the image, as JSON; images/build.sh gives it", name)
}

func (c contract) write(out tree) error {
	text, err := json.MarshalIndent(c.whole, "", "  ")
	if err != nil {
		return err
	}
	return out.write("/opt/k2l/init.json", append(text, '\n'), 0o644)
}
