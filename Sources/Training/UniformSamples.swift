import EspalierDatasets
import EspalierFiles
import EspalierOperators
import EspalierTensors

/// Identical samples for measurements of time: zeros, or ones where a network takes integers (a mask that hides
/// nothing).
struct UniformSamples: Dataset {
  let name = "uniform samples"
  let count: Int
  let classCount: Int? = 1
  private let inputs: [(name: String, type: TensorType)]

  /// `count` samples for inputs of these types, whose first axis is the batch.
  init(_ inputs: [(name: String, type: TensorType)], count: Int) {
    self.inputs = inputs
    self.count = count
  }

  private var isPlain: Bool { inputs.count == 1 && inputs[0].type.elementType == .float32 }

  var fields: [SampleField] {
    inputs.map { SampleField(isPlain ? Batch.samples : $0.name, Shape(Array($0.type.shape.dropFirst()))) }
  }

  var sampleShape: Shape { Shape(Array((inputs.first?.type.shape ?? [1]).dropFirst())) }

  func samples(at indices: [Int]) throws(EspalierError) -> Batch {
    func tensor(_ type: TensorType) -> Tensor {
      let shape = Shape([indices.count] + type.shape.dropFirst())
      return type.elementType == .float32
        ? Tensor(repeating: Float(0), shape: shape) : Tensor(repeating: Int64(1), shape: shape)
    }
    return Batch(
      Dictionary(uniqueKeysWithValues: zip(fieldNames, inputs.map { tensor($0.type) })),
      labels: indices.map { _ in 0 }, indices: indices)
  }
}
