package io.signalbox.cli.acl;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * Something that a role may do.
 *
 * @param resource what it is done to
 * @param operation what is done
 */
public record AclRule(ResourcePattern resource, AclOperation operation) {
  private static final String ANY_HOST = "*";

  /**
   * The ACL that allows it to a principal, from any host.
   *
   * @param principal as Kafka writes it, {@code User:name}
   */
  public AclBinding forPrincipal(String principal) {
    return new AclBinding(
        resource, new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW));
  }
}
