package main

// references are all references of the contract, in its order; those of the loopback ports are read once only, and stand apart.
func (c *Contract) references() []Reference {
	var all []Reference
	for _, v := range c.Environment {
		if v.From != nil {
			all = append(all, *v.From)
		}
		all = appendParts(all, v.Parts)
	}
	for _, f := range c.Files {
		if f.From != nil {
			all = append(all, *f.From)
		}
	}
	for _, text := range append(append([]Text{}, c.Command...), c.Args...) {
		all = appendParts(all, text)
	}
	if c.WorkingDir != nil {
		all = appendParts(all, *c.WorkingDir)
	}
	return all
}

// listenReferences are the parameters that hold other functions' URLs.
func (c *Contract) listenReferences() []Reference {
	all := make([]Reference, len(c.Listen))
	for i, l := range c.Listen {
		all[i] = l.Target
	}
	return all
}

func appendParts(all []Reference, parts []Part) []Reference {
	for _, p := range parts {
		if p.From == nil {
			continue
		}
		all = append(all, *p.From)
		for _, r := range appendParts(nil, p.Else) {
			// What stands in for another value has to exist only when it is needed.
			r.Optional = true
			all = append(all, r)
		}
	}
	return all
}
