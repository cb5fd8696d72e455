package peers

import (
	"encoding/binary"

	minhashlsh "github.com/ekzhu/minhash-lsh"
	"github.com/mfonda/simhash"
)

// hashFunctions is the number that MinHash programs take by default.
const hashFunctions = 128

// minhashPairs are the candidates of the bands that the library chooses for
// the threshold. It verifies nothing.
func minhashPairs(sets []set) map[pair]bool {
	signatures := make([][]uint64, len(sets))
	index := minhashlsh.NewMinhashLSH(hashFunctions, threshold)
	for id, shingles := range sets {
		sketch := minhashlsh.NewMinhash(1, hashFunctions)
		for _, shingle := range shingles {
			sketch.Push(binary.LittleEndian.AppendUint64(nil, shingle))
		}
		signatures[id] = sketch.Signature()
		index.Add(id, signatures[id])
	}
	index.Index()
	found := make(map[pair]bool)
	for id, signature := range signatures {
		for _, key := range index.Query(signature) {
			if other := key.(int); other < id {
				found[pair{other, id}] = true
			}
		}
	}
	return found
}

// simhashBits is how many of 64 bits may differ, as G. S. Manku and others,
// Detecting near-duplicates for web crawling (2007), have it.
const simhashBits = 3

// simhashPairs compares every two fingerprints: the library has no index.
func simhashPairs(sets []set) map[pair]bool {
	fingerprints := make([]uint64, len(sets))
	for id, shingles := range sets {
		fingerprints[id] = simhash.Simhash(shingles)
	}
	found := make(map[pair]bool)
	for b, fingerprint := range fingerprints {
		for a := range b {
			if simhash.Compare(fingerprints[a], fingerprint) <= simhashBits {
				found[pair{a, b}] = true
			}
		}
	}
	return found
}

// GetFeatures makes a set a simhash.FeatureSet.
func (s set) GetFeatures() []simhash.Feature {
	features := make([]simhash.Feature, len(s))
	for i, shingle := range s {
		features[i] = feature(shingle)
	}
	return features
}

// A feature is a shingle of weight 1.
type feature uint64

func (f feature) Sum() uint64 { return uint64(f) }
func (feature) Weight() int   { return 1 }
