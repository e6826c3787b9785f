import ArgumentParser
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierWorkflows

/// A whole procedure by one name.
struct RecipeOptions: ParsableArguments {
  /// The procedures.
  enum Name: String, ExpressibleByArgument, CaseIterable {
    /// The paper's, with its blocks and fractions.
    case ispaspPaper = "ispasp-paper"
  }

  @Option(
    help: """
      A whole procedure in place of --keep, --method and the like: ispasp-paper is the paper's for ResNet34 and \
      MobileNetV2, on 1,280 images unless --samples says otherwise; trained with --finetune DIR,augment=0.2.
      """) var recipe: Name?

  /// The request that the recipe stands for; `nil` without one.
  func request(
    for graph: Graph, batchSize: Int
  ) throws(EspalierError) -> (recipe: PublishedRecipe, request: PruningRequest)? {
    guard recipe != nil else { return nil }
    return try PublishedRecipe.request(for: graph, batchSize: batchSize)
  }
}
