-- AlterTable
ALTER TABLE "segment" DROP COLUMN "tag";

-- DropTable
DROP TABLE "segment_tag";
