import EspalierFiles

extension ProcessGroup {
  /// Checks that what all processes have computed for themselves, told by a checksum, is the same.
  ///
  /// - Throws: `EspalierError` if it is not: machines whose processors round differently must not work on one result.
  package func agree(on checksum: UInt32, _ what: String) throws(EspalierError) {
    guard Set(all(checksum)).count > 1 else { return }
    throw EspalierError(
      .internal, what, "differs between processes",
      remedy: "run on machines with the same processor and libraries, and give all the same --threads")
  }
}
