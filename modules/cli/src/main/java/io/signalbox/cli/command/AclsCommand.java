package io.signalbox.cli.command;

import io.signalbox.cli.acl.AclFile;
import io.signalbox.cli.acl.AclRule;
import io.signalbox.cli.cluster.KafkaQuestion;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.Table;
import io.signalbox.cli.settings.ClusterOptions;
import io.signalbox.cli.settings.CommonOptions;
import io.signalbox.cli.settings.Home;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.acl.AclBinding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what each role may do on Kafka, and gives roles to users. */
@Command(
    name = "acls",
    description =
        "Shows the ACLs that each role of Signalbox needs (config/acls.yaml): engine, worker,"
            + " producer, operator. With --create the users that are named get theirs.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox acls",
      "  signalbox acls worker=User:fleet --format json",
      "  signalbox acls --create engine=User:engine worker=User:fleet --config admin.properties",
      "",
      "Exit code 1 when the brokers refuse, 2 for a role that the file doesn't have."
    })
public final class AclsCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common;
  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "ROLE=PRINCIPAL",
      description =
          "Roles and who has them, a principal as Kafka writes it: User:name. Default: all roles,"
              + " for User:ROLE.")
  private Map<String, String> principals = new LinkedHashMap<>();

  @Option(
      names = "--create",
      description = "Create the ACLs; those that are there already stay as they are.")
  private boolean create;

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      defaultValue = "signalbox-engine",
      description = "The engine's applicationId. Default: signalbox-engine.")
  private String applicationId = "signalbox-engine";

  @Option(
      names = "--acls",
      paramLabel = "FILE",
      description = "What each role may do. Default: config/acls.yaml.")
  private @Nullable Path file;

  /** A command that writes to the console. */
  public AclsCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    if (create && principals.isEmpty()) {
      throw CommandFailure.usage("--create needs to know whom: name ROLE=PRINCIPAL, one or more");
    }
    Map<String, List<AclBinding>> bindings = bindings(Home.given(file, "acls.yaml"));
    if (create) {
      List<AclBinding> all = bindings.values().stream().flatMap(List::stream).toList();
      KafkaQuestion.ask(cluster.reachableBriefly(), admin -> admin.createAcls(all).all().get());
      output.note("created " + all.size() + " ACLs");
    }
    output.table(table(bindings), "the file has no roles");
    return CommandFailure.OK;
  }

  /** The ACLs of the principals that were named, by role. */
  private Map<String, List<AclBinding>> bindings(Path source) {
    String prefix = cluster.connection().topics().prefix();
    Map<String, List<AclRule>> roles = AclFile.read(source, prefix, applicationId);
    Map<String, List<AclBinding>> bindings = new LinkedHashMap<>();
    chosen(roles)
        .forEach((role, principal) ->
            bindings.put(
                role,
                rulesOf(roles, role, source).stream()
                    .map(rule -> rule.forPrincipal(principal))
                    .toList()));
    return bindings;
  }

  private static Table table(Map<String, List<AclBinding>> bindings) {
    Table table = Table.of("role", "principal", "resource", "pattern", "name", "operation");
    bindings.forEach((role, acls) -> {
      for (AclBinding acl : acls) {
        table.row(
            role,
            acl.entry().principal(),
            acl.pattern().resourceType().toString(),
            acl.pattern().patternType().toString(),
            acl.pattern().name(),
            acl.entry().operation().toString());
      }
    });
    return table;
  }

  private Map<String, String> chosen(Map<String, List<AclRule>> roles) {
    if (!principals.isEmpty()) {
      return principals;
    }
    Map<String, String> all = new LinkedHashMap<>();
    roles.keySet().forEach(role -> all.put(role, "User:" + role));
    return all;
  }

  private static List<AclRule> rulesOf(Map<String, List<AclRule>> roles, String role, Path source) {
    List<AclRule> rules = roles.get(role);
    if (rules == null) {
      throw CommandFailure.usage(
          "there is no role '" + role + "' in " + source + ", which has " + roles.keySet());
    }
    return rules;
  }
}
