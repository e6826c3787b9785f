import Espalier
import Foundation
import Testing

/// The public module, used as a client does.
@Suite struct NetworkTests {
  private static let data = URL(fileURLWithPath: #filePath).appending(path: "../../../Examples/Data").standardized.path

  private static func network() throws -> Network { try Network(contentsOf: "\(data)/model.onnx") }
  private static func samples() throws -> Samples { try Samples("\(data)/samples.npy") }

  @Test func aPrunedNetworkIsSmallerAndIsReadAgain() throws {
    let network = try Self.network()
    let pruned = try network.pruned(keeping: 0.5, on: Self.samples())
    #expect(try pruned.network.inspect().parameters < network.inspect().parameters)
    #expect(Set(pruned.kept.values.map(\.count)) == [24, 16])
    let fidelity = try #require(pruned.fidelity)
    #expect(fidelity.samples > 0 && fidelity.relativeErrors.values.allSatisfy { $0 > 0 && $0 < 1 })
    let path = NSTemporaryDirectory() + "espalier-\(UUID().uuidString).onnx"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try pruned.network.write(to: path)
    let input = try Values(shape: [1, 16], (0..<16).map { Float($0) / 16 })
    let name = try #require(network.inputs.first)
    #expect(try Network(contentsOf: path).run([name: input]) == pruned.network.run([name: input]))
  }

  @Test func optionsSayWhatIsPruned() throws {
    let network = try Self.network()
    let group = try #require(network.inspect().groups.first { $0.obstacle == nil })
    var options = PruningOptions()
    options.groups = [group.name]
    options.method = .ispasp()
    options.refits = false
    let pruned = try network.pruned(keeping: 0.25, on: Self.samples(), options: options)
    #expect(pruned.kept.mapValues(\.count) == [group.name: group.units / 4])
    let error = #expect(throws: EspalierError.self) { try network.pruned(keeping: 1.5, on: Self.samples()) }
    #expect(error?.kind == .argument)
  }

  /// Keeps the first units.
  private struct First: SelectionMethod {
    static let name = "first"
    func select(_ count: Int, of units: Units) -> [Int] { Array(0..<count) }
  }

  @Test func aMethodOfOnesOwnChooses() throws {
    var options = PruningOptions()
    options.method = .adding(First())
    let pruned = try Self.network().pruned(keeping: 0.5, on: Self.samples(), options: options)
    #expect(pruned.kept.values.allSatisfy { $0 == Array(0..<$0.count) })
    #expect(PruningMethod.names.contains("first") && PruningMethod.named("first") != nil)
  }

  @Test func unitsTellTheResidualExactly() throws {
    struct Observed: SelectionMethod {
      static let name = "observed"
      func select(_ count: Int, of units: Units) -> [Int] {
        #expect(units.relativeResidual(keeping: Array(0..<units.count)) < 1e-12)
        let dropped = units.interactions[0][0]
        let total = units.relativeResidual(keeping: Array(1..<units.count))
        #expect(dropped >= 0 && total >= 0 && (dropped == 0) == (total == 0))
        #expect(units.largest(1, by: units.sizes).count == 1)
        return Array(0..<count)
      }
    }
    var options = PruningOptions()
    options.method = .adding(Observed())
    _ = try Self.network().pruned(keeping: 0.5, on: Self.samples(), options: options)
  }

  @Test func trainingWithoutLabelsComesNearer() throws {
    let (network, samples) = (try Self.network(), try Self.samples())
    var options = PruningOptions()
    options.method = .adding(First())
    options.refits = false
    let small = try network.pruned(keeping: 0.5, on: samples, options: options).network
    let trained = try small.distilled(from: network, on: samples, epochs: 5)
    let before = try #require(small.fidelity(to: network, on: samples).relativeErrors.values.max())
    let after = try #require(trained.fidelity(to: network, on: samples).relativeErrors.values.max())
    #expect(after < before)
  }

  @Test func labelledSamplesInMemoryAreLearnt() throws {
    let network = try Self.network()
    let rows = (0..<256).map { row in (0..<16).map { Float($0 == row % 4 ? 4 : 0) } }
    let samples = try Samples(Values(shape: [256, 16], rows.flatMap { $0 }), labels: (0..<256).map { $0 % 4 })
    #expect(samples.count == 256)
    let trained = try network.finetuned(on: samples, epochs: 20, stepSize: 0.05)
    #expect(try trained.accuracy(on: samples) == 1)
  }
}
