import EspalierFiles
import EspalierTensors

/// Samples that are all the same: the value of an input that is the same in every run.
struct RepeatedValue: Dataset {
  let name: String
  /// The number of samples, as many as other inputs have.
  var count: Int
  private let value: Tensor

  /// `count` times `value`, of any real type.
  ///
  /// - Throws: `EspalierError` if it holds no real numbers.
  init(_ value: Tensor, name: String, count: Int = 1) throws(EspalierError) {
    guard let floats = value.floats() else {
      throw EspalierError(.data, name, "holds \(value.elementType) elements, and real numbers are needed")
    }
    (self.name, self.count, self.value) = (name, count, Tensor(shape: value.shape, floats))
  }

  var sampleShape: Shape { value.shape }
  var axes: SampleAxes { .stated }
  var classCount: Int? { nil }

  func samples(at indices: [Int]) throws(EspalierError) -> Batch {
    let bytes = [[UInt8]](repeating: value.bytes, count: indices.count).flatMap(\.self)
    return Batch(
      Tensor(shape: Shape([indices.count] + value.shape), elementType: value.elementType, bytes: bytes), labels: nil,
      indices: indices)
  }

  /// The value says nothing of which samples are copies of others.
  func fingerprints(of indices: [Int]) -> [SampleFingerprint?] { indices.map { _ in SampleFingerprint() } }
}
