import EspalierDatasets
import EspalierExecution
import EspalierFiles
import EspalierONNX
import EspalierPruning
import EspalierReports
import Foundation

/// `ispasp-baselines` as a part of `reproduce all`: layers of the networks that the other parts have trained.
struct BaselineReproduction: PaperExperiment {
  /// A network of another part.
  struct Source: Sendable {
    /// The network and its layer, in a few words.
    let title: String
    /// The experiment whose folder holds the network, and the file in it.
    let experiment, file: String
    /// The groups among which the middle one is taken.
    let scope: PruningRequest.Scope
    /// The data to prune on.
    let data: any Dataset
  }

  let sources: [Source]
  let size: ReproductionSize
  let seed: UInt64
  let backend: any Backend

  var exhibit: Exhibit { .efficiency }

  func findings(in folder: String, progress: (ReproductionStage) -> Void) throws -> Findings {
    let (keep, samples, miniBatch) = size.baselines
    let settings = [
      "samples": "\(samples)", "mini-batch": "\(miniBatch)", "seed": "\(seed)",
      "kept": keep.map { Format.percent($0, decimals: 0) }.joined(separator: ", "),
    ]
    var facts = settings
    var (layers, absent) = ([CostOfPruning](), [String]())
    for source in sources {
      let path = "\(folder)/../\(source.experiment)/\(source.file)"
      guard FileManager.default.fileExists(atPath: path) else {
        absent.append(source.title)
        continue
      }
      let kept = try KeptResults(
        in: "\(folder)/\(source.experiment)", settings: settings.merging(["data": source.data.name]) { $1 })
      let graph = try ONNXFile.read(path).graph
      let groups = try PruningRequest(keeping: 1, scope: source.scope).targets(
        among: graph.preparedForPruning().pruningGroups())
      let group = groups[groups.count / 2]
      let subject = try CostOfPruning.Subject(
        keeping: keep, of: group.id, in: graph,
        on: DatasetCalibration(source.data.representatives(samples), for: graph),
        titled: "\(source.title), \(group.id)")
      var done = 0
      layers.append(
        try CostOfPruning(of: subject, miniBatch: miniBatch, seed: seed, keptIn: kept, backend: backend) {
          done += 1
          progress(ReproductionStage(subject.title, done, of: CostOfPruning.stepCount(subject.sizes), "units"))
        })
    }
    if !absent.isEmpty { facts["without"] = absent.joined(separator: ", ") + ": not in the folder" }
    guard !layers.isEmpty else {
      return Findings(
        claims: [.notTried(.cheaperOnEveryLayer, because: "no other experiment has left a network in the folder")],
        figures: [], tables: [], facts: Facts(sorted: facts))
    }
    let report = BaselineReport(layers)
    return Findings(
      claims: report.claims, figures: layers.map(\.charts), tables: report.layers.flatMap(\.tables),
      facts: Facts(sorted: facts))
  }
}
