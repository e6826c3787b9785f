import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// The distance between the values that a part of a small network computes and the large network's, which are given
/// with each batch: the sum over all points.
///
/// The part reads the small network's own values at its beginning, so it mends what earlier parts have changed.
///
/// Source: Y. Li et al., "BRECQ: Pushing the limit of post-training quantization by block reconstruction" (ICLR 2021),
/// section 3.2, for quantisation; there with the squared error weighted by the Fisher information.
struct PartObjective: Objective {
  let network: Graph
  /// The values compared.
  let points: [DistillationPoint]
  /// The types of all inputs and targets in the largest batch.
  let feeds: [String: TensorType]

  var checksums: [String: UInt32] { ["network": network.checksum] }

  func loss(on network: Graph, batchSize: Int) throws(EspalierError) -> Loss {
    var builder = GraphBuilder(network, prefix: "distillation")
    var sum = builder.store(Tensor(scalar: Float(0)), as: "distillation/zero")
    // Prevents 0 / 0 if the target is all zeros.
    let floor = builder.store(Tensor(scalar: Float(1e-12)), as: "distillation/floor")
    for point in points {
      let target = builder.declareInput(ValueInfo(point.target, .float32, nil))
      sum = builder.add(sum, relativeErrorOf: point.value, from: target, floor: floor)
      if point.distance == .relativeErrorAndDivergence {
        sum = builder.add(sum, divergenceOf: point.value, from: target)
      }
    }
    return Loss(graph: builder.graph, value: sum, feeds: feeds)
  }

  func inputs(_ batch: Batch) -> [String: Tensor] { batch.fields }
}
