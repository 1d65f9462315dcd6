package main

import (
	"errors"
	"fmt"
	"path"
	"strings"
)

// The schema that this program carries out.
const schema = "k2l.init/v1"

// Modes of a contract.
const (
	serveMode = "serve"
	jobMode   = "job"
	taskMode  = "task"
)

// validate says what the decoder cannot: the rest of the schema that, if it did not hold, would do harm or be hard to explain later.
func (c *Contract) validate() error {
	switch {
	case c.Schema != schema:
		return fmt.Errorf("schema is %q: this program reads %s", c.Schema, schema)
	case c.Mode != serveMode && c.Mode != jobMode && c.Mode != taskMode:
		return fmt.Errorf("mode is %q: it is %s, %s or %s", c.Mode, serveMode, jobMode, taskMode)
	case c.Mode == jobMode && c.Job == nil || c.Mode == serveMode && c.Job != nil:
		return errors.New("job belongs to mode job, and to no server")
	case len(c.Command) == 0 && len(c.Args) == 0:
		return errors.New("command and args are empty: neither the manifest nor the image names a program")
	case c.Mode == jobMode && c.Job.Timeout <= 0:
		return errors.New("job.timeout is no number of seconds")
	case c.Mode == taskMode && c.Job != nil && (c.Job.Timeout != 0 || c.Job.Deadline == nil):
		return errors.New("job of a task has a deadline and no timeout")
	}
	return firstError(c.validateVariables(), c.validatePlaces(), c.validateListeners())
}

func (c *Contract) validateVariables() error {
	for _, v := range c.Environment {
		given := 0
		for _, is := range []bool{v.Value != nil, v.From != nil, len(v.Parts) > 0} {
			if is {
				given++
			}
		}
		many := v.Prefix != nil
		if given != 1 || many == (v.Name != "") || many && v.From == nil || v.From != nil && v.From.many() != many || strings.Contains(v.Name, "=") {
			return fmt.Errorf("environment: variable %q is not one name with one value, nor a prefix with many", v.Name)
		}
	}
	return nil
}

func (c *Contract) validatePlaces() error {
	for _, f := range c.Files {
		baked := f.Source != ""
		if !isAbsolute(f.Path) || baked == (f.From != nil) || !baked && (!isBelow(f.Target, "/tmp") || f.Target == "/tmp") {
			return fmt.Errorf("files: %q is neither baked nor written below /tmp", f.Path)
		}
	}
	for _, w := range c.Writable {
		if !isAbsolute(w.Path) || !isBelow(w.Target, "/tmp") {
			return fmt.Errorf("writable: %q does not lead below /tmp", w.Path)
		}
	}
	for _, link := range c.Links {
		if !isAbsolute(link.Path) || !isBelow(link.Target, "/mnt") || link.Target == "/mnt" {
			return fmt.Errorf("links: %q does not lead below /mnt", link.Path)
		}
	}
	return nil
}

func (c *Contract) validateListeners() error {
	for _, l := range c.Listen {
		if l.Port < 1 || l.Port > 65535 || l.Timeout < 1 || l.Target.Store != parameters || l.Target.many() {
			return fmt.Errorf("listen: port %d with %s is no port for the URL in one parameter", l.Port, l.Target)
		}
	}
	return nil
}

func isAbsolute(name string) bool {
	return path.IsAbs(name) && path.Clean(name) == name
}

// isBelow says whether name is an absolute path without dots that is folder or lies below it.
func isBelow(name, folder string) bool {
	return isAbsolute(name) && (name == folder || strings.HasPrefix(name, strings.TrimSuffix(folder, "/")+"/"))
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
