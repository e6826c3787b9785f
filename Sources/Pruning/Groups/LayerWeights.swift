import EspalierFiles
import EspalierGraph
import EspalierLinearAlgebra
import EspalierTensors

/// The effective weights and bias of a layer, with scale factors and a following normalisation folded in.
///
/// `U = W H + b` with W outputs x rows; for a convolution, rows are channels x taps and H is unfolded. In a grouped
/// convolution the rows are the channels of an output's own group, and ``parts`` are the groups one by one.
struct LayerWeights {
  private(set) var weight: Matrix
  /// One number per output; `nil` if the layer has no bias.
  private(set) var bias: [Double]?
  private let layer: WeightedContraction
  /// The factor of each output behind the layer.
  private let factor: [Double]

  /// The weights of `layer` in `graph`.
  ///
  /// - Throws: `EspalierError` if they are not floating point.
  init(_ layer: WeightedContraction, in graph: Graph) throws(EspalierError) {
    guard let tensor = graph.constants[layer.weight.value], tensor.shape.rank >= 2, let elements = tensor.doubles()
    else {
      throw EspalierError(.model, "weights \"\(layer.weight.value)\"", "are not a matrix of numbers")
    }
    let stored = Matrix(
      rows: tensor.shape[0], columns: tensor.count / max(tensor.shape[0], 1),
      elements.map { $0 * Double(layer.weightScale) })
    weight = layer.weight.axis == 0 ? stored.transposedInBlocks(layer.groups) : stored
    // The windows of a transposed convolution overlap: its rows are the taps of each output, and its bias belongs to
    // none of them.
    let taps = layer.weight.axis == 0 ? tensor.shape[2...].reduce(1, *) : 1
    bias = try (taps > 1 ? nil : layer.bias).map { (name) throws(EspalierError) in
      guard let elements = graph.constants[name]?.doubles() else {
        throw EspalierError(.model, "bias \"\(name)\"", "is not made of numbers")
      }
      return elements.map { $0 * Double(layer.biasScale) }
    }
    self.layer = layer
    guard let normalization = layer.normalization else {
      factor = Array(repeating: 1, count: weight.rows)
      return
    }
    guard let affine = normalization.affine(in: graph), affine.factor.count * taps == weight.rows else {
      throw EspalierError(
        .model, "weights \"\(normalization.scale)\"", "are not one number for each of \(weight.rows / taps) outputs")
    }
    factor = affine.factor.flatMap { Array(repeating: $0, count: taps) }
    for row in 0..<weight.rows {
      for column in 0..<weight.columns { weight[row, column] *= factor[row] }
    }
    if taps > 1 { return }
    bias = zip(affine.offset, zip(affine.factor, bias ?? Array(repeating: 0, count: weight.rows))).map {
      $0 + $1.0 * $1.1
    }
  }

  /// The weights and biases of each group in order; for a layer that is not grouped, its own.
  var parts: [(weight: Matrix, bias: [Double]?)] {
    let outputs = weight.rows / layer.groups
    return (0..<layer.groups).map { group in
      let own = group * outputs..<(group + 1) * outputs
      return (weight.taking(rows: Array(own)), bias.map { Array($0[own]) })
    }
  }

  /// The weights over the channels of all groups, zero where an output does not read a channel.
  var expanded: Matrix {
    guard layer.groups > 1 else { return weight }
    let outputs = weight.rows / layer.groups
    var matrix = Matrix(rows: weight.rows, columns: weight.columns * layer.groups)
    for row in 0..<weight.rows {
      let first = row / outputs * weight.columns
      for column in 0..<weight.columns { matrix[row, first + column] = weight[row, column] }
    }
    return matrix
  }

  /// The weights within each group, from a matrix over the channels of all groups.
  func compacted(_ matrix: Matrix) -> Matrix {
    guard layer.groups > 1, matrix.columns > weight.columns else { return matrix }
    let outputs = weight.rows / layer.groups
    return .stacked(
      (0..<layer.groups).map { group in
        matrix.taking(
          rows: Array(group * outputs..<(group + 1) * outputs),
          columns: Array(group * weight.columns..<(group + 1) * weight.columns))
      })
  }

  /// The names of the tensors that ``store(_:_:in:)`` changes.
  var stored: [String] { [layer.weight.value] + (changedBias.map { [$0] } ?? []) }

  private var changedBias: String? { layer.normalization?.shift ?? layer.bias }

  /// Writes new effective weights and a new effective bias to `graph`.
  func store(_ newWeight: Matrix, _ newBias: [Double]?, in graph: inout Graph) {
    var matrix = compacted(newWeight)
    for row in 0..<matrix.rows {
      // The weights of an output with factor zero have no effect.
      let scale = factor[row] == 0 ? 0 : 1 / (factor[row] * Double(layer.weightScale))
      for column in 0..<matrix.columns { matrix[row, column] *= scale }
    }
    // Transposing the blocks is its own inverse.
    graph.store(layer.weight.axis == 0 ? matrix.transposedInBlocks(layer.groups) : matrix, in: layer.weight.value)
    guard let name = changedBias, let newBias, let bias, let old = graph.constants[name]?.doubles() else { return }
    let scale = layer.normalization == nil ? Double(layer.biasScale) : 1
    let changed = zip(old, zip(newBias, bias)).map { $0 + ($1.0 - $1.1) / scale }
    graph.store(Matrix(rows: 1, columns: changed.count, changed), in: name)
  }
}

extension Matrix {
  /// Transposes each block of rows: weights stored input by input become outputs x inputs of each group.
  fileprivate func transposedInBlocks(_ blocks: Int) -> Matrix {
    let size = rows / blocks
    return .stacked((0..<blocks).map { taking(rows: Array($0 * size..<($0 + 1) * size)).transposed })
  }
}

extension Graph {
  fileprivate mutating func store(_ matrix: Matrix, in constant: String) {
    guard let old = constants[constant] else { return }
    constants[constant] = Tensor(shape: old.shape, matrix.elements.map { Float($0) })
  }
}
