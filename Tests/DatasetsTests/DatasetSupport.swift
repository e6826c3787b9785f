import EspalierDatasets
import EspalierFiles
import EspalierTensors
import Foundation

/// The bytes of an IDX file.
func idx(type: UInt8 = 0x08, sizes: [Int], _ elements: [UInt8]) -> [UInt8] {
  [0, 0, type, UInt8(sizes.count)]
    + sizes.flatMap { size in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } } + elements
}

/// All batches of a stream.
func collect(_ stream: any BatchStream) throws(EspalierError) -> [Batch] {
  var batches: [Batch] = []
  while let batch = try stream.next() { batches.append(batch) }
  return batches
}

/// The data set that an argument of the command line names.
func open(_ argument: String, split: Split = .train) throws(EspalierError) -> any Dataset {
  try DatasetLocation(parsing: argument).open(split: split)
}

/// Ten samples of two numbers, `[i, -i]`, of three classes.
func ten() throws -> InMemoryDataset {
  try InMemoryDataset(
    inputs: Tensor(shape: [10, 2], (0..<10).flatMap { [Float($0), -Float($0)] }), labels: (0..<10).map { $0 % 3 })
}

extension Batch {
  /// All numbers of samples that are one tensor.
  var numbers: [Float] { self[Batch.samples].elements(as: Float.self) }
}
