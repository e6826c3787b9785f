import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierInference

extension Graph {
  /// The same network in the form that pruning requires: values of `Constant` nodes and values computed from stored
  /// tensors alone are stored with the graph, layers of whole numbers are written out in real ones, conditions that follow from shapes are resolved and numbers that do are
  /// stored, sums divided by their number of terms are means, recurrent layers are divided into a product and a
  /// recurrence, layers with equal weights read one tensor, and every node reads its own copy of a stored vector. What
  /// no file can say is undone when pruning ends (``joiningRecurrentInputs()``, ``restoringDecoders()``,
  /// ``joiningWholeNumberOperators()``).
  ///
  /// - Throws: `EspalierError` if an operator is unknown or shapes do not fit.
  package func preparedForPruning() throws(EspalierError) -> Graph {
    try resolvingKnownConditions().inRealNumbers().namingMeans().storingKnownNumbers().projectingRecurrentInputs()
      .storingEqualWeightsOnce().separatingSharedVectors()
  }

  /// The same network with what is computed from stored tensors alone stored, and layers of whole numbers written out in
  /// the real numbers that these stand for.
  ///
  /// - Throws: `EspalierError` if a node that can be computed in advance does not fit its inputs.
  func inRealNumbers() throws(EspalierError) -> Graph {
    let stored = try storingWhatIsKnown()
    guard nodes.contains(where: Self.isOfWholeNumbers) else { return stored }
    return try stored.writingOutWholeNumberOperators().storingWhatIsKnown()
  }

  /// The same network without conditions that are the same for different sizes of the inputs.
  package func resolvingKnownConditions() throws(EspalierError) -> Graph {
    guard nodes.contains(where: { $0.op == "If" }) else { return self }
    return resolvingConditions(for: [try feedTypes(batch: 2, inner: 64), try feedTypes(batch: 3, inner: 96)])
  }

  /// The same network with conditions that follow from shapes resolved, both branches of others computed where they can
  /// be (``selectingBranches(for:)``), and the nodes whose operator is then unknown, or which ask for what is not
  /// supported, with all that depend on them, set aside (``Graph/separatingUnknownOperators(besides:)``).
  ///
  /// - Complexity: type inference for each node that asks for what is not supported, and one more.
  package func separatingWhatIsNotRun() -> Graph {
    let resolved = (try? resolvingKnownConditions()) ?? self
    guard resolved.nodes.contains(where: { $0.op == "If" }) else { return resolved.separatingUnsupportedNodes() }
    let selecting = resolved.trialTypes.lazy.map { resolved.selectingBranches(for: $0) }.first { $0 != resolved }
    return (selecting ?? resolved).separatingUnsupportedNodes()
  }

  private func separatingUnsupportedNodes() -> Graph {
    var faults: [Node: EspalierError] = [:]
    var known = separatingUnknownOperators()
    while let types = try? known.feedTypes(batch: 2),
      let (node, error) = TypeInference.unsupportedNode(of: known, feeds: types)
    {
      guard faults.updateValue(error, forKey: node) == nil else { preconditionFailure("\(node.label) is set aside") }
      known = separatingUnknownOperators(besides: faults)
    }
    return known
  }
}
