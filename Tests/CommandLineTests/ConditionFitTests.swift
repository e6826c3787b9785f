import EspalierTestSupport
import Foundation
import Testing

/// `--penalty-factor`, `--lower` and `--upper`.
struct ConditionFitTests {
  private func fit(_ formula: String, _ options: [String]) throws -> [String: Double] {
    let outcome = try Tool.run(
      arguments: ["fit", FormulaFitTests.rows, "--family", "gaussian", "--formula", formula] + options + [
        "--json", "-",
      ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try JSONDecoder().decode(FormulaFitTests.Result.self, from: Data(outcome.output.utf8))
    #expect(result.status == "converged", "\(result.reason)")
    return result.coefficients
  }

  /// A factor f of the absolute values is the unit 1/f of the feature.
  @Test(arguments: ["--l1", "--path"])
  func factorsAreUnits(penalty: String) throws {
    let options = penalty == "--l1" ? ["--l1", "0.05"] : ["--path", "--strengths", "0.4,0.05"]
    let weighted = try fit("y ~ x + z + t", options + ["--penalty-factor", "z=2,t=0.5"])
    let scaled = try fit("y ~ x + I(z / 2) + I(t / 0.5)", options)
    #expect(abs(weighted["x"]! - scaled["x"]!) < 1e-8)
    #expect(abs(2 * weighted["z"]! - scaled["I(z / 2)"]!) < 1e-8)
    #expect(abs(0.5 * weighted["t"]! - scaled["I(t / 0.5)"]!) < 1e-8)
  }

  @Test(arguments: ["--l1", "--l2"])
  func aFactorOfZeroIsNoPenalty(penalty: String) throws {
    let free = try fit("y ~ x + z + C(region)", [penalty, "1e9", "--penalty-factor", "x=0,region=0"])
    let alone = try fit("y ~ x + C(region)", [])
    for (name, value) in alone { #expect(abs(free[name]! - value) < 1e-6) }
    #expect(abs(free["z"]!) < 1e-6)
  }

  @Test func boundsHoldWithAPenaltyToo() throws {
    let free = try fit("y ~ x + z + t", ["--l1", "0.01"])
    let bounded = try fit("y ~ x + z + t", ["--l1", "0.01", "--lower", "x=0.1,z=0.2", "--upper", "t=0.05"])
    #expect(free["z"]! < 0.2 && free["t"]! > 0.05)
    #expect(abs(bounded["z"]! - 0.2) < 1e-12 && abs(bounded["t"]! - 0.05) < 1e-12 && bounded["x"]! > 0.1)
  }

  @Test(arguments: [
    (["--lower", "q=1"], 65, "there is none"), (["--lower", "x"], 64, "FEATURE=NUMBER"),
    (["--penalty-factor", "x=2"], 64, "without a penalty"), (["--l1", "1", "--penalty-factor", "x=-1"], 64, "from 0"),
    (["--lower", "x=1", "--upper", "x=0"], 65, "above the upper one"),
    (["--lower", "x=0", "--step", "1"], 64, "constant"), (["--lower", "x=inf"], 64, "--lower takes numbers"),
    (["--upper", "x=-inf"], 64, "--upper takes numbers"), (["--exclude", "x"], 64, "contradicts --formula"),
  ])
  func faultsAreNamed(options: [String], status: Int32, message: String) throws {
    let outcome = try Tool.run(
      arguments: ["fit", FormulaFitTests.rows, "--family", "gaussian", "--formula", "y ~ x + z"] + options)
    #expect(outcome.status == status && outcome.errors.contains(message), "\(outcome.errors)")
  }
}
