import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors
import OrderedCollections

extension Graph {
  /// The same network with weights that are equal in several layers stored once.
  ///
  /// The towers of a siamese network, and heads that several levels of a detector share, are one module called several
  /// times. An exporter that traces the calls and folds a normalisation into each stores the weights once for each
  /// call. Copies are recognised by their bytes: learned weights do not coincide by chance. Layers count as calls of
  /// one module if they have the same operator and use the weights in the same way (``WeightRole``). The tensor that is
  /// read first is kept.
  ///
  /// - Throws: `EspalierError` if an operator is unknown or shapes do not fit.
  /// - Complexity: O(nodes) if no two tensors have the same type; otherwise the bytes of those that do, and one type
  ///   inference if two are equal.
  func storingEqualWeightsOnce() throws(EspalierError) -> Graph {
    let equal = equalWeights()
    guard !equal.isEmpty else { return self }
    let roles = try weightRoles()
    var owners: [String: String] = [:]
    for names in equal {
      var first: [Set<WeightRole>: String] = [:]
      for name in names {
        guard let role = roles[name] else { continue }
        if let owner = first[role] { owners[name] = owner } else { first[role] = name }
      }
    }
    var result = self
    for position in nodes.indices { result.nodes[position].inputs = nodes[position].inputs.map { owners[$0] ?? $0 } }
    result.constants.removeAll { owners[$0.key] != nil }
    result.remarks = remarks.filter { owners[$0.key] == nil }
    // Files may list stored tensors as inputs too, as old ones do.
    result.inputs.removeAll { owners[$0.name] != nil }
    result.intermediates.removeAll { owners[$0.name] != nil }
    return result
  }

  /// The names of stored matrices and kernels that are equal and distinctive, in the order in which nodes first read
  /// them.
  private func equalWeights() -> [[String]] {
    var byType: OrderedDictionary<TensorType, [String]> = [:]
    for name in OrderedSet(nodes.flatMap(\.inputs)) {
      guard let tensor = constants[name], tensor.shape.rank > 1, tensor.elementType.isFloatingPoint else { continue }
      byType[TensorType(of: tensor), default: []].append(name)
    }
    return byType.values.filter { $0.count > 1 }.flatMap { names in
      var byContent: OrderedDictionary<TensorContent, [String]> = [:]
      for name in names { byContent[TensorContent(tensor: constants[name]!), default: []].append(name) }
      return byContent.filter { $0.value.count > 1 && $0.key.tensor.isDistinctive }.map(\.value)
    }
  }

  /// The roles of each stored tensor that only layers read, as their weights.
  private func weightRoles() throws(EspalierError) -> [String: Set<WeightRole>] {
    let inference = try TypeInference(self, feeds: try feedTypes(batch: 2))
    var roles: [String: Set<WeightRole>] = [:]
    var others = Set(outputs.map(\.name)).union(nodes.flatMap(\.capturedValues))
    for typed in inference.nodes {
      let node = typed.node
      let contractions = typed.op.axes?.contractions ?? []
      let weights = contractions.map { (node.value($0.weight).value, WeightRole($0, of: node.op)) }
      for (name, role) in weights { roles[name, default: []].insert(role) }
      var rest = node.inputs
      for (name, _) in weights { if let place = rest.firstIndex(of: name) { rest.remove(at: place) } }
      others.formUnion(rest)
    }
    return roles.filter { !others.contains($0.key) }
  }
}

/// The role of a layer's weights: everything in the contraction except its position in the graph and the movement of
/// its windows.
private struct WeightRole: Hashable {
  private let op: OperatorName
  private let weight: PortAxis
  private let outputAxis: PortAxis
  private let groups: Int
  private let scale: Float

  init(_ contraction: Contraction, of op: OperatorName) {
    self.op = op
    weight = contraction.weight
    outputAxis = contraction.outputAxis
    groups = contraction.groups
    scale = contraction.weightScale
  }
}

/// A tensor by its bytes, hashed at the speed of memory.
private struct TensorContent: Hashable {
  let tensor: Tensor

  func hash(into hasher: inout Hasher) { hasher.combine(tensor.storage) }
}

extension Tensor {
  /// Whether an equal tensor must be a copy: whether many of the nonzero numbers, or a quarter of them, are distinct.
  ///
  /// Zeros, ones, the identity and interpolation kernels have few distinct numbers, and equality does not make them
  /// copies. Complexity: O(count) for those, a few hundred steps for learned weights.
  fileprivate var isDistinctive: Bool {
    guard let size = elementType.byteCount, size <= MemoryLayout<UInt64>.size else { return false }
    let (fewest, many) = (16, 128)
    var (seen, count): (Set<UInt64>, Int) = ([], 0)
    return storage.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: size) {
        let number = bytes[start..<start + size].reduce(0) { $0 << 8 | UInt64($1) }
        guard number != 0 else { continue }
        count += 1
        seen.insert(number)
        if seen.count == many { return true }
      }
      return seen.count >= fewest && seen.count * 4 >= count
    }
  }
}
