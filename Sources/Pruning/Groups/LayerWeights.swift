import Files
import Graph
import LinearAlgebra
import Tensors

/// A layer's weights and bias as they act on what it reads: factors, and a normalisation that follows, worked in.
///
/// `U = W H + b` with W outputs x rows; for a convolution, rows are channels x taps and H is unfolded.
struct LayerWeights {
  private(set) var weight: Matrix
  /// One number an output; `nil` where the layer adds nothing.
  private(set) var bias: [Double]?
  private let layer: WeightedContraction
  /// What each output is multiplied by behind the layer.
  private let factor: [Double]

  /// The weights of `layer` in `graph`.
  ///
  /// - Throws: `DataError` if they are not made of numbers.
  init(_ layer: WeightedContraction, in graph: Graph) throws {
    guard let tensor = graph.constants[layer.weight.value], tensor.shape.rank >= 2, let elements = tensor.doubles()
    else {
      throw DataError("weights \"\(layer.weight.value)\"", "are not a matrix of numbers")
    }
    let isTransposed = layer.weight.axis == 0
    let stored = Matrix(
      rows: tensor.shape[0], columns: tensor.count / max(tensor.shape[0], 1),
      elements.map { $0 * Double(layer.weightScale) })
    weight = isTransposed ? stored.transposed : stored
    bias = try layer.bias.map { name in
      guard let elements = graph.constants[name]?.doubles() else {
        throw DataError("bias \"\(name)\"", "is not made of numbers")
      }
      return elements.map { $0 * Double(layer.biasScale) }
    }
    self.layer = layer
    guard let normalization = layer.normalization else {
      factor = Array(repeating: 1, count: weight.rows)
      return
    }
    guard let affine = normalization.affine(in: graph), affine.factor.count == weight.rows else {
      throw DataError("weights \"\(normalization.scale)\"", "are not one number for each of \(weight.rows) outputs")
    }
    factor = affine.factor
    for row in 0..<weight.rows {
      for column in 0..<weight.columns { weight[row, column] *= factor[row] }
    }
    bias = zip(affine.offset, zip(affine.factor, bias ?? Array(repeating: 0, count: weight.rows))).map {
      $0 + $1.0 * $1.1
    }
  }

  /// The names of what ``store(_:_:in:)`` changes.
  var stored: [String] { [layer.weight.value] + (changedBias.map { [$0] } ?? []) }

  private var changedBias: String? { layer.normalization?.shift ?? layer.bias }

  /// Writes other weights and another bias, as they are to act, into `graph`.
  func store(_ newWeight: Matrix, _ newBias: [Double]?, in graph: inout Graph) {
    var matrix = newWeight
    for row in 0..<matrix.rows {
      // An output that is multiplied by zero does not depend on its weights.
      let scale = factor[row] == 0 ? 0 : 1 / (factor[row] * Double(layer.weightScale))
      for column in 0..<matrix.columns { matrix[row, column] *= scale }
    }
    graph.store(layer.weight.axis == 0 ? matrix.transposed : matrix, in: layer.weight.value)
    guard let name = changedBias, let newBias, let bias, let old = graph.constants[name]?.doubles() else { return }
    let scale = layer.normalization == nil ? Double(layer.biasScale) : 1
    let changed = zip(old, zip(newBias, bias)).map { $0 + ($1.0 - $1.1) / scale }
    graph.store(Matrix(rows: 1, columns: changed.count, changed), in: name)
  }
}

extension Graph {
  fileprivate mutating func store(_ matrix: Matrix, in constant: String) {
    guard let old = constants[constant] else { return }
    constants[constant] = Tensor(shape: old.shape, matrix.elements.map { Float($0) })
  }
}
