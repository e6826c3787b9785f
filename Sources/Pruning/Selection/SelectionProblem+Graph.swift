import Files
import Graph
import LinearAlgebra
import Tensors

extension SelectionProblem {
  /// The problem of choosing among the units of `group`.
  ///
  /// - Throws: `DataError` if a layer's weights are not of a type that can be computed with.
  init(_ group: PruningGroup, of graph: Graph, _ calibration: Calibration) throws {
    self.init(
      unitCount: group.size,
      consumers: try group.consumers.map { layer in
        Consumer(
          weight: try graph.weightMatrix(of: layer), bias: try graph.biasVector(of: layer),
          channels: group.elements[layer.activation]!, statistics: calibration.statistics[layer.activation]!)
      },
      producerWeights: try graph.producerWeights(of: group))
  }
}

extension Graph {
  /// W of a dense layer, outputs x channels, with the factor the layer applies to it.
  func weightMatrix(of layer: WeightedContraction) throws -> Matrix {
    guard let tensor = constants[layer.weight.value], tensor.shape.rank == 2, let elements = tensor.doubles() else {
      throw DataError("weights \"\(layer.weight.value)\"", "are not a matrix of numbers")
    }
    let matrix = Matrix(
      rows: tensor.shape[0], columns: tensor.shape[1], elements.map { $0 * Double(layer.weightScale) })
    return layer.weight.axis == 1 ? matrix : matrix.transposed
  }

  /// b of a dense layer, with the factor the layer applies to it; `nil` if it adds none.
  func biasVector(of layer: WeightedContraction) throws -> [Double]? {
    guard let name = layer.bias else { return nil }
    guard let elements = constants[name]?.doubles() else {
      throw DataError("bias \"\(name)\"", "is not made of numbers")
    }
    return elements.map { $0 * Double(layer.biasScale) }
  }

  /// For each unit of `group`, all weights of the layers that make it.
  fileprivate func producerWeights(of group: PruningGroup) throws -> [[Double]] {
    var weights = [[Double]](repeating: [], count: group.size)
    for layer in group.producers {
      guard let tensor = constants[layer.outputAxis.value] else { continue }
      for (unit, own) in group.elements[layer.outputAxis]!.enumerated() {
        weights[unit] += tensor.taking(own, along: layer.outputAxis.axis).doubles() ?? []
      }
    }
    return weights
  }
}
