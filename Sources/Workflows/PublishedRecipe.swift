import EspalierFiles
import EspalierGraph
import EspalierPruning

/// The paper's procedure for a network of images, as its public code has it: i-SpaSP of 20 iterations on 1,280 images,
/// `int(fraction x C)` channels of some blocks, in order, each on the network pruned so far; nothing re-fitted, nothing
/// rounded. Fine-tuning is an epoch after each block and 90 at the end, by SGD with Nesterov's momentum 0.9, a step
/// of 0.01 that falls by a cosine, and label smoothing of 0.1: what `prune --finetune` does unless told otherwise.
/// Weight decay applies to what ``DecayedParameters/published`` says; photographs are cropped to a fifth of their area
/// or more, which the data says (`DIR,augment=0.2`).
///
/// Source: i-SpaSP (C. Wolfe and A. Kyrillidis, L4DC 2022), section 5.2, and its code.
package enum PublishedRecipe: String, Hashable, Sendable, CaseIterable, Codable {
  /// ResNet34.
  case resNet34 = "resnet34"
  /// MobileNetV2.
  case mobileNetV2 = "mobilenetv2"

  /// The network's name in reports.
  package var title: String { self == .resNet34 ? "ResNet34" : "MobileNetV2" }

  /// The number of calibration images.
  package static let samples = 1280

  /// The number of the network's groups between two layers that involve no addition. ResNet34: one a block.
  /// MobileNetV2: one a block from features 2 to 17, the stem's and the first block's before them, the last block's and
  /// the last layer's after them.
  package var innerGroupCount: Int { self == .resNet34 ? 16 : 20 }

  /// The fraction of channels to keep, by position among these groups.
  ///
  /// ResNet34: blocks 1 ... n - 2 of each stage of n = 3, 4, 6, 3 blocks, 0.4 in the first three stages; the fourth is
  /// kept whole. MobileNetV2: 0.3 of torchvision's features 6, 9, 10, 12 and 13, which are at these positions.
  package var fractions: [Int: Double] {
    switch self {
    case .resNet34: Dictionary(uniqueKeysWithValues: [1, 4, 5, 8, 9, 10, 11].map { ($0, 0.4) })
    case .mobileNetV2: Dictionary(uniqueKeysWithValues: [6, 9, 10, 12, 13].map { ($0, 0.3) })
    }
  }

  /// The weight decay of fine-tuning.
  package var weightDecay: Float { self == .resNet34 ? 5e-4 : 4e-5 }

  /// The groups of a network that lie between two layers.
  package static func innerGroups(of groups: [PruningGroup]) -> [PruningGroup] {
    groups.filter { $0.scope == .inner && $0.isPrunable }
  }

  /// The fraction to keep of each group that the procedure prunes, of the groups of a network; `nil` if it has another
  /// number of groups between two layers.
  package func fractions(of groups: [PruningGroup]) -> [String: Double]? {
    let inner = Self.innerGroups(of: groups)
    guard inner.count == innerGroupCount else { return nil }
    return Dictionary(uniqueKeysWithValues: fractions.map { (inner[$0.key].id, $0.value) })
  }

  /// The recipe for `graph`, by the number of its groups, with the request that it stands for.
  ///
  /// - Throws: `EspalierError`, a refusal, if the paper has none for such a network.
  package static func request(
    for graph: Graph, batchSize: Int
  ) throws(EspalierError) -> (recipe: PublishedRecipe, request: PruningRequest) {
    let groups = try graph.preparedForPruning().pruningGroups()
    for recipe in allCases {
      guard let fractions = recipe.fractions(of: groups) else { continue }
      let request = PruningRequest(
        keeping: 1, fractions: fractions, only: Set(fractions.keys), method: ISpaSP(iterations: 20), refit: nil,
        multiple: 1, batchSize: batchSize)
      return (recipe, request)
    }
    let known = allCases.map { "\($0.title), which has \($0.innerGroupCount)" }
    throw EspalierError(
      refusal:
        "the paper has no recipe for this network, which has \(innerGroups(of: groups).count) groups between two "
        + "layers, but for \(known.joined(separator: ", and for "))")
  }
}
