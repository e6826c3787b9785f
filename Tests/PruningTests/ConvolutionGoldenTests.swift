import EspalierEngine
import EspalierGraph
import EspalierONNX
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Foundation
import Testing

/// Compares i-SpaSP with its looped form on a basic block and an inverted residual, BatchNormalization kept and folded.
struct ConvolutionGoldenTests {
  struct Case: Decodable {
    let keep: Int
    let ratio: Double
    let support: [Int]
    let residual: Double
    let supports: [[Int]]
    let residuals: [Double]
    let firstImportance: [Double]
  }

  struct File: Decodable {
    let hiddenChannels: Int
    let hiddenSize: [Double]
    let cases: [Case]
  }

  static let files = ["basic-block", "inverted-residual"].flatMap { folder in
    ["model.onnx", "model-batchnorm.onnx"].map { (folder, $0) }
  }

  private func path(_ folder: String, _ name: String) -> String {
    Bundle.module.resourceURL!.appendingPathComponent("\(folder)/\(name)").path
  }

  private func expected(_ folder: String) throws -> File {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(File.self, from: Data(contentsOf: URL(fileURLWithPath: path(folder, "expected.json"))))
  }

  @Test(arguments: files, Backends.all.map(\.name)) func denseOutput(_ file: (String, String), _ backend: String) throws
  {
    let graph = try ONNXFile.read(path(file.0, file.1)).graph
    let input = try NPY.read(path(file.0, "calibration.npy"))
    let session = try Session(
      Plan(graph, feeds: ["input": TensorType(of: input)]), on: Backends.all.first { $0.name == backend }!)
    let output = try session.run(["input": input])["output"]!
    #expect(relativeDifference(output.doubles()!, try NPY.read(path(file.0, "output.npy")).doubles()!) < 1e-5)
  }

  @Test(arguments: files, Backends.all.map(\.name))
  func sameSupportsImportancesAndResiduals(_ file: (String, String), _ backend: String) throws {
    let graph = try ONNXFile.read(path(file.0, file.1)).graph
    let data = InMemoryCalibration(["input": try NPY.read(path(file.0, "calibration.npy"))])
    let expected = try expected(file.0)
    let network = try CalibratedNetwork(
      graph, for: PruningRequest(keeping: 0.5, refit: nil), calibration: data,
      backend: Backends.all.first { $0.name == backend }!)
    #expect(network.targets.map(\.size) == [expected.hiddenChannels])
    let problem = network.problems[0]
    #expect(relativeDifference(problem.hiddenSize, expected.hiddenSize) < 1e-4)
    #expect(expected.cases.count == 4)
    for golden in expected.cases {
      let count = PruningRequest(keeping: golden.ratio).count(for: network.targets[0])
      #expect(count == golden.keep)
      let selection = ISpaSP(iterations: 20).select(count, of: problem)
      #expect(selection.kept == golden.support)
      #expect(abs(selection.residual! - golden.residual) <= 1e-3 * golden.residual)
      for (iteration, support) in golden.supports.enumerated() {
        let step = selection.trace[min(iteration, selection.trace.count - 1)]
        #expect(step.support == support, "iteration \(iteration + 1), \(golden.keep) kept")
        if iteration < selection.trace.count {
          #expect(abs(step.residualBefore! - golden.residuals[iteration]) <= 1e-3 * golden.residuals[iteration])
        }
      }
      #expect(relativeDifference(selection.trace[0].importance, golden.firstImportance) < 1e-4)
    }
  }

  @Test(arguments: files) func prunedAndRefittedNetworksAreVerified(_ file: (String, String)) throws {
    let graph = try ONNXFile.read(path(file.0, file.1)).graph
    let data = InMemoryCalibration(["input": try NPY.read(path(file.0, "calibration.npy"))])
    for method in SelectionMethods.general {
      let plain = try graph.pruned(PruningRequest(keeping: 0.4, method: method), calibration: data)
      let refitted = try graph.pruned(
        PruningRequest(keeping: 0.4, method: method, refit: Ridge(1e-4)), calibration: data)
      #expect(plain.verification.relativeDifference < 1e-5 && refitted.verification.relativeDifference < 1e-5)
      #expect(plain.after.macs < plain.before.macs)
      #expect(refitted.groups[0].refittedResidual! < plain.groups[0].residual, "\(method.identifier)")
    }
  }
}
