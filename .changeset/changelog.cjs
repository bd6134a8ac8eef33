/** A release is described in the words of its changesets, and in nothing else. */
module.exports = {
  getReleaseLine: (changeset) => Promise.resolve(changeset.summary.trim()),
  getDependencyReleaseLine: () => Promise.resolve(''),
}
