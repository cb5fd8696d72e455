package gate

// Renewed returns a baseline that knows the findings of the review. Those that were
// known keep their entries as they were, where these still name articles: which of
// several copies comes first changes nothing.
func (r *Review) Renewed() *Baseline {
	options := r.Result.Options
	baseline := &Baseline{Options: settings(options), Hash: hashOf(options), Entries: entries(r.Result)}
	r.keepEntries(baseline.Entries)
	kept := baseline.Entries[:0]
	for _, entry := range baseline.Entries {
		if entry.Kind != "" {
			kept = append(kept, entry)
		}
	}
	sortEntries(kept)
	baseline.Entries = kept
	return baseline
}

// keepEntries puts the entries of the baseline in the place of those of the Result's
// findings.
func (r *Review) keepEntries(entries []Entry) {
	if !r.Compared {
		return
	}
	present := make(map[string]bool, len(r.Result.Articles))
	for i := range r.Result.Articles {
		present[valid(r.Result.Articles[i].Key)] = true
	}
	for i := range entries {
		was := r.entryOf(i)
		if was == nil || was.Fingerprint != entries[i].Fingerprint || was.A == entries[i].A && was.B == entries[i].B {
			continue
		}
		if present[was.A] && present[was.B] {
			entries[i] = *was
		}
	}
}

// entryOf returns the entry of a finding, of the pairs and then the repeats.
func (r *Review) entryOf(finding int) *Entry {
	in := r.pairsIn
	if pairs := len(r.Result.Pairs); finding >= pairs {
		in, finding = r.repeatsIn, finding-pairs
	}
	if in[finding] < 0 {
		return nil
	}
	return &r.known[in[finding]]
}
