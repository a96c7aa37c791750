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
import io.signalbox.events.connection.Connection;
import java.nio.file.Path;
import java.util.ArrayList;
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
    Connection connection = cluster.connection();
    Path source = Home.given(file, "acls.yaml");
    Map<String, List<AclRule>> roles =
        AclFile.read(source, connection.topics().prefix(), applicationId);
    Map<String, String> chosen = chosen(roles);
    Table table = Table.of("role", "principal", "resource", "pattern", "name", "operation");
    List<AclBinding> bindings = new ArrayList<>();
    chosen.forEach((role, principal) -> {
      for (AclRule rule : rulesOf(roles, role, source)) {
        AclBinding binding = rule.forPrincipal(principal);
        bindings.add(binding);
        table.row(
            role,
            principal,
            binding.pattern().resourceType().toString(),
            binding.pattern().patternType().toString(),
            binding.pattern().name(),
            rule.operation().toString());
      }
    });
    if (create) {
      KafkaQuestion.ask(cluster.reachable(), admin -> admin.createAcls(bindings).all().get());
      output.note("created " + bindings.size() + " ACLs");
    }
    output.table(table, "the file has no roles");
    return CommandFailure.OK;
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
