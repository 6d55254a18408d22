import { AssignerProtocol, type Assigner, type Cluster, type PartitionAssigner } from "kafkajs";

const NAME = "telemetra-co-partition";
const VERSION = 0;

/**
 * Gives partition p of every topic to the same member, so that one process has all events of a stream. Member number i
 * of n, in the order of their ids, gets the partitions p with p mod n = i.
 */
export const coPartitionAssigner: PartitionAssigner = ({ cluster }) => createAssigner(cluster);

function createAssigner(cluster: Cluster): Assigner {
  const { MemberAssignment, MemberMetadata } = AssignerProtocol;
  return {
    name: NAME,
    version: VERSION,
    async assign({ members, topics }) {
      const ids = members.map(({ memberId }) => memberId).toSorted(compare);
      return ids.map((memberId, number) => {
        const isOurs = (partition: number): boolean => partition % ids.length === number;
        const assignment = Object.fromEntries(
          topics.map((topic) => [topic, partitionsOf(cluster, topic).filter(isOurs)]),
        );
        const memberAssignment = MemberAssignment.encode({ version: VERSION, assignment, userData: Buffer.alloc(0) });
        return { memberId, memberAssignment };
      });
    },
    protocol({ topics }) {
      return { name: NAME, metadata: MemberMetadata.encode({ version: VERSION, topics, userData: Buffer.alloc(0) }) };
    },
  };
}

function partitionsOf(cluster: Cluster, topic: string): readonly number[] {
  return cluster
    .findTopicPartitionMetadata(topic)
    .map(({ partitionId }) => partitionId)
    .toSorted((left, right) => left - right);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
