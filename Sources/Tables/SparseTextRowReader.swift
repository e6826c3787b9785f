import EspalierFiles

/// Reads the rows of a LIBSVM file, in order.
package final class SparseTextRowReader: RowReader {
  private let reader: SparseTextReader
  private let featureCount: Int
  private let firstIndex: Int
  private let coding: TargetCoding?
  private let ignoresUnknown: Bool

  /// A reader at the first row.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - featureCount: The number of features of a row.
  ///   - firstIndex: The index of the first feature.
  ///   - coding: The conversion of labels to numbers; `nil` reads no targets.
  ///   - ignoresUnknown: Whether features beyond `featureCount` are skipped; otherwise they are errors.
  package init(
    _ file: SparseTextFile, featureCount: Int, firstIndex: Int, coding: TargetCoding?, ignoresUnknown: Bool
  ) throws(EspalierError) {
    reader = try SparseTextReader(file.input)
    self.featureCount = featureCount
    self.firstIndex = firstIndex
    self.coding = coding
    self.ignoresUnknown = ignoresUnknown
  }

  /// The next rows, at most `count`; `nil` after the last.
  package func next(atMost count: Int) throws(EspalierError) -> Rows? {
    var builder = RowBuilder(featureCount: featureCount, isSparse: true)
    while builder.count < count, try reader.next() {
      builder.beginRow()
      for (index, value) in zip(reader.indices, reader.values) {
        let feature = index - firstIndex
        guard feature >= 0, feature < featureCount else {
          guard ignoresUnknown else { throw fault("has a feature \(index) that the model does not know") }
          continue
        }
        builder.set(feature, to: value)
      }
      builder.endRow(target: try target(), weight: nil, offset: nil)
    }
    return builder.count > 0 ? builder.finish() : nil
  }

  private func target() throws(EspalierError) -> Double? {
    guard let coding else { return nil }
    if let number = coding.number(ofLabel: reader.label) { return number }
    guard case .twoNumbers(let low, let high) = coding else {
      throw fault("has the unknown class \(SparseTextSource.name(reader.label))")
    }
    throw fault("has the label \(reader.label), which is neither between 0 and 1 nor one of two (\(low) and \(high))")
  }

  private func fault(_ fault: String) -> EspalierError {
    EspalierError(.data, "\(reader.subject), line \(reader.line)", fault)
  }
}
