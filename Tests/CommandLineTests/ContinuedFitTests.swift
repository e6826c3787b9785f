import EspalierTestSupport
import Foundation
import Testing

/// `fit --continue`: the same optimum in fewer iterations, and clear words where the model is another.
struct ContinuedFitTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  /// Rows with numbers, levels, counts and classes.
  private func data(rows: Int, levels: [String] = ["a", "b", "c"], _ name: String) throws -> String {
    var text = "x,time,g,n,k,y\n"
    for row in 0..<rows {
      let (x, g) = (Double(row * 37 % 101) / 20, row * 7 % levels.count)
      let count = Int(exp(0.3 * x + 0.2 * Double(g)) + Double(row * 13 % 5) / 3)
      text += "\(x),\(1_700_000_000 + row * 7919 % 90_001),\(levels[g]),\(count),\(["u", "v", "w"][(row + count) % 3]),"
      text += "\(2 + x - Double(g) + sin(Double(row)))\n"
    }
    return try folder.file(name, Array(text.utf8))
  }

  private func fit(_ data: String, _ arguments: [String]) throws -> (outcome: Tool.Outcome, json: [String: Any]) {
    try Tool.fit(data, arguments)
  }

  @Test(arguments: [
    ["--target", "n", "--family", "poisson", "--exclude", "k,y"],
    ["--target", "n", "--family", "poisson", "--exclude", "k,y", "--l2", "0.1"],
    ["--target", "n", "--family", "poisson", "--exclude", "k,y", "--stream"],
    ["--target", "k", "--family", "multinomial", "--exclude", "n,y", "--l2", "0.01"],
    ["--target", "y", "--family", "huber", "--exclude", "n,k"],
  ])
  func theOptimumIsTheSame(arguments: [String]) throws {
    let (first, second) = (try data(rows: 300, "first.csv"), try data(rows: 360, "second.csv"))
    let model = path("model.json")
    #expect(try fit(first, arguments + ["--model", model]).outcome.status == 0)
    let anew = try fit(second, arguments)
    let continued = try fit(second, arguments + ["--continue", model])
    #expect(anew.outcome.status == 0 && continued.outcome.status == 0, "\(continued.outcome.errors)")
    let objectives = [anew, continued].map { $0.json["objective"] as? Double ?? .nan }
    #expect(abs(objectives[0] - objectives[1]) < 1e-8 * (1 + abs(objectives[0])))
    #expect(try #require(continued.json["steps"] as? Int) <= #require(anew.json["steps"] as? Int))
    // At the optimum there is next to nothing to do, and the model may be replaced.
    let again = try fit(first, arguments + ["--continue", model, "--model", model])
    #expect(again.outcome.status == 0 && (again.json["steps"] as? Int ?? 99) <= (anew.json["steps"] as? Int ?? 0))
  }

  @Test func constantStepsGoOn() throws {
    let rows = try data(rows: 200, "rows.csv")
    let arguments = [
      "--target", "y", "--family", "gaussian", "--columns", "x", "--method", "sgd", "--step", "0.01", "--batch", "1",
    ]
    #expect(try fit(rows, arguments + ["--epochs", "2", "--model", path("two.json")]).outcome.status == 0)
    let continued = try fit(rows, arguments + ["--epochs", "3", "--continue", path("two.json")])
    let whole = try fit(rows, arguments + ["--epochs", "5"])
    #expect(continued.outcome.status == 0, "\(continued.outcome.errors)")
    let found = [continued, whole].map { $0.json["objective"] as? Double ?? .nan }
    #expect(abs(found[0] - found[1]) < 1e-12 * (1 + abs(found[1])))
  }

  @Test func anotherModelIsRefused() throws {
    let rows = try data(rows: 60, "rows.csv")
    let arguments = ["--target", "n", "--family", "poisson", "--exclude", "k,y"]
    #expect(try fit(rows, arguments + ["--model", path("model.json")]).outcome.status == 0)
    let more = try data(rows: 60, levels: ["a", "b", "c", "d"], "more.csv")
    let fewer = try data(rows: 60, levels: ["a", "b"], "fewer.csv")
    for (table, extra, complaint) in [
      (more, arguments, "has no level \"d\" of column \"g\", new in the data"),
      (fewer, arguments, "has a level \"c\" of column \"g\", of which the data have no row"),
      (rows, ["--target", "n", "--family", "poisson", "--exclude", "k"], "has no column \"y\""),
      (rows, ["--target", "n", "--family", "poisson", "--exclude", "k,y,x"], "has a column \"x\""),
      (rows, ["--target", "n", "--family", "gaussian", "--exclude", "k,y"], "is of the family poisson"),
      (rows, arguments + ["--link", "sqrt"], "has the link log"),
      (rows, arguments + ["--no-intercept", "--exclude", "k,y,g"], "has a column \"g\""),
    ] {
      let refused = try fit(table, extra + ["--continue", path("model.json")])
      #expect(
        refused.outcome.status == 65 && refused.outcome.complaint.contains(complaint), "\(refused.outcome.errors)")
      #expect(refused.outcome.complaint.contains("model.json"))
    }
  }
}
